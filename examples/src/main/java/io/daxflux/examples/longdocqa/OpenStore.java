package io.daxflux.examples.longdocqa;

import io.daxflux.config.DaxfluxConfig;
import io.daxflux.device.Device;
import io.daxflux.device.DeviceOptions;
import io.daxflux.device.Devices;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.StoreStatus;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** The store under test, from opening to closing. Closing makes sure that nothing is still out. */
final class OpenStore implements AutoCloseable {
  private final ReactiveChunkStore store;

  private OpenStore(ReactiveChunkStore store) {
    this.store = store;
  }

  /**
   * Opens the device, waits until all its memory was touched, and opens the store over it. Pages
   * that are touched for the first time while the clock runs would cost more than the copy.
   */
  static OpenStore open(Room room, DaxfluxConfig config) {
    Device device = Devices.open(DeviceOptions.of(room.devicePath()).withBytes(room.deviceBytes()));
    device.prefaulted().toCompletableFuture().join();
    return new OpenStore(ReactiveChunkStore.builder(config).device(() -> device).open().block());
  }

  ReactiveChunkStore store() {
    return store;
  }

  /** Waits, not long, for memory and leases that are on their way back. */
  void expectQuiet() {
    Mono<StoreStatus> quiet = store.status().filter(StoreStatus::isQuiet);
    if (quiet.repeatWhenEmpty(100, turns -> turns.delayElements(Duration.ofMillis(20))).block()
        == null) {
      throw new RunFailure("store: expected nothing to be out, found " + store.status().block());
    }
  }

  @Override
  public void close() {
    store.close().block();
  }
}
