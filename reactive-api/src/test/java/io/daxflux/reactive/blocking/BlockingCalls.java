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
  private static final Queue<BlockingOperationError> CAUGHT = new ConcurrentLinkedQueue<>();

  private BlockingCalls() {}

  static void caught(BlockingMethod method) {
    BlockingOperationError error = new BlockingOperationError(method);
    CAUGHT.add(error);
    throw error;
  }

  /** Takes what was caught since it was last asked for. */
  public static List<BlockingOperationError> take() {
    List<BlockingOperationError> taken = new ArrayList<>();
    BlockingOperationError error;
    while ((error = CAUGHT.poll()) != null) {
      taken.add(error);
    }
    return taken;
  }
}
