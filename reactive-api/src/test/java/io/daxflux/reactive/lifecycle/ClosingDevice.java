package io.daxflux.reactive.lifecycle;

import io.daxflux.device.Device;
import io.daxflux.reactive.DeviceView;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Counts how often the device of a store is opened and closed, and lets a close fail. */
final class ClosingDevice implements UnaryOperator<Device> {
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private volatile @Nullable RuntimeException failure;

  @Override
  public Device apply(Device device) {
    opened.incrementAndGet();
    return new DeviceView(device) {
      @Override
      public void close() {
        closed.incrementAndGet();
        super.close();
        if (failure != null) {
          throw failure;
        }
      }
    };
  }

  void failToClose(RuntimeException cause) {
    failure = cause;
  }

  int opened() {
    return opened.get();
  }

  int closed() {
    return closed.get();
  }
}
