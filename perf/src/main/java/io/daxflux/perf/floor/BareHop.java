package io.daxflux.perf.floor;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import com.lmax.disruptor.util.DaemonThreadFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** A request that asks for nothing: into a ring, and back by {@code block()}. */
public final class BareHop implements AutoCloseable {
  private static final int SLOTS = 1024;

  private final Disruptor<Slot> disruptor =
      new Disruptor<>(
          Slot::new,
          SLOTS,
          DaemonThreadFactory.INSTANCE,
          ProducerType.MULTI,
          new BlockingWaitStrategy());

  /** Starts its thread. */
  public BareHop() {
    disruptor.handleEventsWith((slot, _, _) -> slot.answer());
    disruptor.start();
  }

  private static final class Slot {
    private @Nullable MonoSink<Boolean> asker;

    private void answer() {
      MonoSink<Boolean> waiting = asker;
      asker = null;
      waiting.success(true);
    }
  }

  /** Asks, and waits for the answer. */
  public void thereAndBack() {
    Mono.<Boolean>create(
            sink -> disruptor.publishEvent((slot, _, asker) -> slot.asker = asker, sink))
        .block();
  }

  @Override
  public void close() {
    disruptor.shutdown();
  }
}
