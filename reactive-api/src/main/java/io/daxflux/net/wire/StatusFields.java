package io.daxflux.net.wire;

import io.daxflux.reactive.outcome.StoreStatus;
import io.daxflux.reactive.outcome.StoreStatus.Arena;
import io.daxflux.reactive.outcome.StoreStatus.Counters;
import io.daxflux.reactive.outcome.StoreStatus.DeviceStatus;
import io.daxflux.reactive.outcome.StoreStatus.MediaStatus;
import io.daxflux.reactive.outcome.StoreStatus.Outputs;
import io.daxflux.reactive.outcome.StoreStatus.Readers;
import io.netty.buffer.ByteBuf;
import java.time.Duration;

/** A store in numbers: its records one after the other, their components in order. */
final class StatusFields {
  private StatusFields() {}

  static void write(ByteBuf to, StoreStatus status) {
    DeviceStatus device = status.device();
    Fields.writeText(to, device.name());
    Codes.DEVICE_KINDS.write(to, device.kind());
    to.writeLong(device.bytes());
    Fields.writeText(to, device.copyEngine());
    MediaStatus media = status.media();
    Codes.DURABILITIES.write(to, media.durability());
    Fields.writeText(to, media.weakness());
    to.writeLong(media.recovered()).writeLong(media.dropped());
    to.writeLong(media.recoveryTime().toNanos());
    to.writeLong(media.recordAreaBytes()).writeLong(media.recordBytes());
    Arena arena = status.arena();
    to.writeLong(arena.bytes()).writeLong(arena.freeBytes()).writeLong(arena.largestRunBytes());
    to.writeInt(arena.freeRuns()).writeLong(arena.quarantinedBytes());
    to.writeInt(arena.chunks()).writeLong(arena.chunkBytes());
    Outputs outputs = status.outputs();
    to.writeLong(outputs.bytes()).writeLong(outputs.freeBytes());
    to.writeLong(outputs.largestRunBytes()).writeInt(outputs.chunksOut());
    Readers readers = status.readers();
    to.writeInt(readers.sessions()).writeInt(readers.regionsInFlight());
    to.writeInt(readers.reservations()).writeInt(readers.leases());
    to.writeLong(readers.oldestLeaseAge().toNanos());
    to.writeInt(readers.pinnedChunks()).writeInt(readers.handlesOut());
    Counters counters = status.counters();
    to.writeLong(counters.stored()).writeLong(counters.evicted()).writeLong(counters.removed());
    to.writeLong(counters.expired()).writeLong(counters.quarantined());
    to.writeLong(counters.corrupt()).writeLong(counters.hits()).writeLong(counters.misses());
    to.writeLong(counters.restoredBytes()).writeLong(counters.scrubbedBytes());
  }

  static StoreStatus read(ByteBuf from) {
    return new StoreStatus(
        new DeviceStatus(
            Fields.readText(from),
            Codes.DEVICE_KINDS.read(from),
            from.readLong(),
            Fields.readText(from)),
        new MediaStatus(
            Codes.DURABILITIES.read(from),
            Fields.readText(from),
            from.readLong(),
            from.readLong(),
            Duration.ofNanos(from.readLong()),
            from.readLong(),
            from.readLong()),
        new Arena(
            from.readLong(),
            from.readLong(),
            from.readLong(),
            from.readInt(),
            from.readLong(),
            from.readInt(),
            from.readLong()),
        new Outputs(from.readLong(), from.readLong(), from.readLong(), from.readInt()),
        new Readers(
            from.readInt(),
            from.readInt(),
            from.readInt(),
            from.readInt(),
            Duration.ofNanos(from.readLong()),
            from.readInt(),
            from.readInt()),
        new Counters(
            from.readLong(),
            from.readLong(),
            from.readLong(),
            from.readLong(),
            from.readLong(),
            from.readLong(),
            from.readLong(),
            from.readLong(),
            from.readLong(),
            from.readLong()));
  }
}
