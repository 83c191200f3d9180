package io.daxflux.reactive.blocking;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.chunk;
import static io.daxflux.reactive.Chunks.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.device.Device;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.DeviceView;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutOutcome.Failed.Cause;
import io.daxflux.reactive.outcome.RequestFailedException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.blockhound.BlockingOperationError;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The threads that must not block would be caught if they did. That they do not, every test with a
 * {@link QuietStores} shows.
 */
class NonBlockingThreadsTest {
  @RegisterExtension final QuietStores stores = new QuietStores();

  @Test
  void storesThreadIsCaughtWaiting() {
    ReactiveChunkStore store = stores.spec().device(SleepyDevice::new).withoutGuests().open();
    stores.expectLog("failed on the store's thread: reactor.blockhound.BlockingOperationError");

    assertThatThrownBy(() -> store.status().block(SOON))
        .isInstanceOf(RequestFailedException.class)
        .hasCauseInstanceOf(BlockingOperationError.class);

    assertCaughtOn("daxflux-store");
  }

  @Test
  void storesThreadIsCaughtCopying() {
    ReactiveChunkStore store = stores.spec().copyOn(Schedulers.immediate()).withoutGuests().open();

    assertThat(store.put(chunk("a", 1000)).block(SOON))
        .isInstanceOfSatisfying(
            PutOutcome.Failed.class,
            failed -> {
              assertThat(failed.cause()).isEqualTo(Cause.INTERNAL);
              assertThat(failed.detail()).contains("DirectCopier#copy");
            });

    assertCaughtOn("daxflux-store");
  }

  @Test
  void anyNonBlockingSchedulerIsCaughtCopying() {
    Scheduler parallel = Schedulers.newParallel("no-place-for-copies", 1);
    try {
      ReactiveChunkStore store = stores.spec().copyOn(parallel).withoutGuests().open();

      assertThat(store.put(chunk("a", 1000)).block(SOON)).isInstanceOf(PutOutcome.Failed.class);

      assertCaughtOn("no-place-for-copies");
    } finally {
      parallel.dispose();
    }
  }

  @Test
  void subscriberIsCaughtWaitingOnADeliveryThread() {
    ReactiveChunkStore store = stores.open();
    Chunks.put(store, "a", 1);

    assertThat(store.contains(key("a")).doOnNext(_ -> awaitNothing()).toFuture())
        .failsWithin(SOON)
        .withThrowableOfType(ExecutionException.class)
        .withRootCauseInstanceOf(BlockingOperationError.class);

    assertCaughtOn("daxflux-delivery");
  }

  private static void assertCaughtOn(String thread) {
    assertThat(BlockingCalls.take())
        .singleElement()
        .satisfies(caught -> assertThat(caught.thread()).startsWith(thread));
  }

  private static void awaitNothing() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits, once, where the store's thread asks for its name. */
  private static final class SleepyDevice extends DeviceView {
    private final AtomicBoolean asleep = new AtomicBoolean();

    SleepyDevice(Device device) {
      super(device);
    }

    @Override
    public String name() {
      if (asleep.compareAndSet(false, true)) {
        awaitNothing();
      }
      return super.name();
    }
  }
}
