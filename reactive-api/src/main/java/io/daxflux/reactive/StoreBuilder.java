package io.daxflux.reactive;

import io.daxflux.config.DaxfluxConfig;
import io.daxflux.device.Device;
import io.daxflux.device.DeviceOptions;
import io.daxflux.device.DeviceOptions.Prefaulting;
import io.daxflux.device.Devices;
import io.daxflux.reactive.session.Handover;
import io.daxflux.restore.RegionCopier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Puts a store together: the configuration says what, this says on which threads and, where it is
 * not the configuration's, over which device. Not thread-safe.
 */
public final class StoreBuilder {
  final DaxfluxConfig config;
  Supplier<Device> device;
  @Nullable Scheduler delivery;
  boolean guests = true;
  @Nullable Scheduler timers;
  @Nullable Scheduler copyWorkers;
  @Nullable Scheduler committer;
  UnaryOperator<RegionCopier> copierDecorator = UnaryOperator.identity();
  boolean tracksOrigins;

  StoreBuilder(DaxfluxConfig config) {
    this.config = config;
    this.device = () -> Devices.open(optionsOf(config), FoundMedia.firstLook(config));
  }

  private static DeviceOptions optionsOf(DaxfluxConfig config) {
    return DeviceOptions.of(config.devicePath())
        .withBytes(config.deviceBytes())
        .withSparse(config.sparse())
        .withHugePages(config.hugePages())
        .withPrefaulting(config.prefault() ? Prefaulting.BY_KIND : Prefaulting.OFF);
  }

  /**
   * Uses this device in place of the configured one, whose path and length then only stand in
   * messages. The store becomes its owner when it is opened, and closes it; called once for each
   * opening, on a thread that may block.
   *
   * @param opener opens a device of at least one block ({@code dax.block_size})
   */
  public StoreBuilder device(Supplier<Device> opener) {
    this.device = opener;
    return this;
  }

  /**
   * Calls subscribers on this scheduler, which stays the caller's; by default on threads of the
   * store's own, as many as there are cores. It must outlive the store.
   */
  public StoreBuilder deliverOn(Scheduler scheduler) {
    this.delivery = scheduler;
    return this;
  }

  /**
   * Lets handles remember where they were asked for, so that close can say whose they are. Costs a
   * stack trace a handle: for tests and for the search after a leak.
   */
  public StoreBuilder trackOrigins() {
    this.tracksOrigins = true;
    return this;
  }

  /** Lets no caller's thread serve the store, but its own only. */
  StoreBuilder withoutGuests() {
    this.guests = false;
    return this;
  }

  /** Keeps time by this scheduler, which stays the caller's. */
  StoreBuilder keepTimeOn(Scheduler scheduler) {
    this.timers = scheduler;
    return this;
  }

  /** Copies on this scheduler, which stays the caller's. */
  StoreBuilder copyOn(Scheduler scheduler) {
    this.copyWorkers = scheduler;
    return this;
  }

  /** Writes records on this scheduler, which stays the caller's. */
  StoreBuilder commitOn(Scheduler scheduler) {
    this.committer = scheduler;
    return this;
  }

  /** Wraps every copier: the seam at which faults, delays and failures are brought in. */
  StoreBuilder decorateCopiers(UnaryOperator<RegionCopier> decorator) {
    this.copierDecorator = decorator;
    return this;
  }

  /**
   * Opens the store, on subscription.
   *
   * @see ReactiveChunkStore#open
   */
  public Mono<ReactiveChunkStore> open() {
    return Handover.mono(
        () -> new LocalChunkStore(config, RunningStore.start(this), config.restoreMode()),
        Schedulers.boundedElastic(),
        abandoned -> abandoned.close().subscribe());
  }
}
