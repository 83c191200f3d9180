package io.daxflux.reactive.session;

import io.daxflux.config.DurabilityPolicy;
import io.daxflux.device.Device;
import io.daxflux.media.Media;
import io.daxflux.media.RecoveryReport;
import io.daxflux.reactive.outcome.StoreStatus;
import io.daxflux.store.StoreFigures;
import java.time.Duration;

/** Puts the figures of a loop's parts together. */
final class StatusReport {
  private StatusReport() {}

  private static StoreStatus.MediaStatus media(StoreLoop loop, StoreFigures store) {
    Device.Durability durability = loop.device().durability();
    String weakness = loop.device().durabilityNote().orElse("");
    Media media = loop.media();
    if (media == null) {
      return new StoreStatus.MediaStatus(durability, weakness, 0, 0, Duration.ZERO, 0, 0);
    }
    if (durability == Device.Durability.POWER
        && loop.config().durability() == DurabilityPolicy.PROCESS) {
      durability = Device.Durability.PROCESS;
    }
    RecoveryReport report = media.recovery().report();
    return new StoreStatus.MediaStatus(
        durability,
        weakness,
        report.recovered(),
        report.dropped().values().stream().mapToLong(Long::longValue).sum(),
        Duration.ofNanos(report.nanoseconds()),
        store.recordAreaBytes(),
        store.recordBytes());
  }

  /** Costs the same whatever the store holds. */
  static StoreStatus of(StoreLoop loop) {
    Device device = loop.device();
    OutputMemory outputs = loop.outputs();
    StoreFigures store = loop.store().figures();
    return new StoreStatus(
        new StoreStatus.DeviceStatus(
            device.name(), device.kind(), device.bytes(), loop.copyEngine()),
        media(loop, store),
        new StoreStatus.Arena(
            store.arenaBytes(),
            store.freeBytes(),
            store.largestRunBytes(),
            store.freeRuns(),
            store.quarantinedBytes(),
            store.entries(),
            store.entryBytes()),
        new StoreStatus.Outputs(
            outputs.capacityBytes(),
            outputs.freeBytes(),
            outputs.largestRunBytes(),
            outputs.outputs()),
        new StoreStatus.Readers(
            // The session that asks is running itself.
            loop.sessions().size() - 1,
            loop.gate().inFlight(),
            store.reservations(),
            store.leases(),
            Duration.ofNanos(store.oldestLeaseAgeNs()),
            store.pinned(),
            loop.handles().size()),
        loop.counters().totals());
  }
}
