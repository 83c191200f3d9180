package io.daxflux.reactive;

import static io.daxflux.reactive.Chunks.SOON;

import io.daxflux.device.Device;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Holds the store's thread up, so that requests stay on the ring: a status asks the device for its
 * name, on the store's thread, and this device takes its time.
 */
public final class StalledThread implements UnaryOperator<Device>, AutoCloseable {
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile boolean stalling;
  private @Nullable CompletableFuture<?> status;

  @Override
  public Device apply(Device device) {
    return new DeviceView(device) {
      @Override
      public String name() {
        if (stalling) {
          stall();
        }
        return super.name();
      }
    };
  }

  /** Returns once the store's thread stands still. */
  public StalledThread stall(ReactiveChunkStore store) throws InterruptedException {
    stalling = true;
    status = store.status().toFuture();
    reached.await();
    return this;
  }

  /** The one place where tests let the store's thread wait: see {@code TestAllowances}. */
  private void stall() {
    reached.countDown();
    try {
      released.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets it go on, and waits until it has. */
  @Override
  public void close() {
    stalling = false;
    released.countDown();
    if (status != null) {
      status.handle((_, _) -> null).orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
    }
  }
}
