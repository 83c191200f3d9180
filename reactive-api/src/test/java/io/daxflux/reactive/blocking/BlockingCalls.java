package io.daxflux.reactive.blocking;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import reactor.blockhound.BlockingMethod;
import reactor.blockhound.BlockingOperationError;

/**
 * The blocking calls that BlockHound has met. It throws in the middle of somebody's code, who may
 * swallow that; this does not forget it.
 */
public final class BlockingCalls {
  /**
   * One of them.
   *
   * @param thread the thread that must not block
   * @param error says what would have blocked, and where
   */
  public record Caught(String thread, BlockingOperationError error) {}

  private static final Queue<Caught> CAUGHT = new ConcurrentLinkedQueue<>();

  private BlockingCalls() {}

  static void caught(BlockingMethod method) {
    BlockingOperationError error = new BlockingOperationError(method);
    CAUGHT.add(new Caught(Thread.currentThread().getName(), error));
    throw error;
  }

  /** Takes what was caught since it was last asked for. */
  public static List<Caught> take() {
    List<Caught> taken = new ArrayList<>();
    Caught caught;
    while ((caught = CAUGHT.poll()) != null) {
      taken.add(caught);
    }
    return taken;
  }
}
