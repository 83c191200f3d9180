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
public final class OpenStore implements AutoCloseable {
  private final Device device;
  private final ReactiveChunkStore store;

  private OpenStore(Device device, ReactiveChunkStore store) {
    this.device = device;
    this.store = store;
  }

  /**
   * Opens the device, waits until all its memory was touched, and opens the store over it. Pages
   * that are touched for the first time while the clock runs would cost more than the copy.
   */
  public static OpenStore open(Room room, DaxfluxConfig config) {
    Device device = Devices.open(DeviceOptions.of(room.devicePath()).withBytes(room.deviceBytes()));
    device.prefaulted().toCompletableFuture().join();
    return new OpenStore(
        device, ReactiveChunkStore.builder(config).device(() -> device).open().block());
  }

  /** The device under it, for those who read or spoil it behind its back. */
  public Device device() {
    return device;
  }

  /** The store. */
  public ReactiveChunkStore store() {
    return store;
  }

  /** Waits, not long, for memory and leases that are on their way back. */
  public void expectQuiet() {
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
