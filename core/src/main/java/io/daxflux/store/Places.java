package io.daxflux.store;

import io.daxflux.extent.Extent;
import io.daxflux.extent.ExtentSpace;
import io.daxflux.media.ChunkRecord;
import io.daxflux.media.RecordShape;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where entries lie: payloads in blocks of the arena, records in units of the record area, and
 * values so small that they lie in their records. Makes room by evicting; where no room can be made
 * it evicts nobody.
 */
final class Places {
  private final ArenaLayout layout;
  private final boolean checked;
  private final EvictionOrders orders;
  private final ExtentSpace<Entry> blocks;
  private final @Nullable ExtentSpace<Entry> units;
  private final Room blockRoom;
  private final @Nullable Room unitRoom;
  private final Walk walk;

  /** What eviction could free. */
  private long evictableBlocks;

  private long quarantinedBlocks;

  /**
   * @param checked whether records hold checksums
   * @param evict drops an evictable entry and gives its places back
   */
  Places(
      ArenaLayout layout,
      boolean checked,
      ExtentSpace<Entry> blocks,
      @Nullable ExtentSpace<Entry> units,
      EvictionOrders orders,
      Consumer<Entry> evict) {
    this.layout = layout;
    this.checked = checked;
    this.orders = orders;
    this.blocks = blocks;
    this.units = units;
    this.blockRoom = new Room(blocks, this::coldestBlocks, evict);
    this.unitRoom = units == null ? null : new Room(units, this::coldestUnits, evict);
    this.walk = new Walk(units == null ? blocks : units);
  }

  /** How many blocks a payload of this length takes; none where it lies in its record. */
  long blocksFor(long bytes) {
    return isInline(bytes) ? 0 : layout.blocksFor(bytes);
  }

  private boolean isInline(long bytes) {
    return layout.keepsRecords() && bytes <= ChunkRecord.MOST_INLINE_BYTES;
  }

  /**
   * Finds places for an entry's record and payload.
   *
   * @param behind where the payload would best lie; null for anywhere
   * @param followingBytes what is to be put right behind it; 0 for nothing
   * @return null where it has them; otherwise what is short, and nobody was evicted
   */
  ReserveResult.@Nullable NoSpace take(
      Entry entry, @Nullable Extent<Entry> behind, long followingBytes) {
    if (entry.blocks > 0 && !hasBlocks(entry.blocks)) {
      return shortage(blocks, entry.blocks, layout.blockBytes());
    }
    if (units != null) {
      RecordShape shape =
          RecordShape.of(entry.key, entry.layout, entry.attributes, checked, entry.blocks == 0);
      if (!unitRoom.has(shape.units())) {
        return shortage(units, shape.units(), layout.unitBytes());
      }
      entry.valueOffset = shape.valueOffset();
      entry.record = unitRoom.take(entry, shape.units(), null, 0);
    }
    if (entry.blocks > 0) {
      long wishedBlocks = entry.blocks + followingBytes / layout.blockBytes();
      entry.extent = blockRoom.take(entry, entry.blocks, behind, wishedBlocks);
    }
    return null;
  }

  /** Looks at the sum first, which costs nothing. */
  private boolean hasBlocks(long length) {
    return length <= blocks.freeBlocks() + evictableBlocks && blockRoom.has(length);
  }

  private static ReserveResult.NoSpace shortage(
      ExtentSpace<Entry> space, long length, long unitBytes) {
    return new ReserveResult.NoSpace(
        length * unitBytes, space.freeBlocks() * unitBytes, space.largestRun() * unitBytes);
  }

  private @Nullable Extent<Entry> coldestBlocks() {
    Entry coldest = (Entry) orders.payloads().victim();
    return coldest == null ? null : coldest.extent;
  }

  /** A small value before a chunk, which takes more than its record. */
  private @Nullable Extent<Entry> coldestUnits() {
    Evictable coldest = orders.values().victim();
    if (coldest == null) {
      coldest = orders.payloads().victim();
    }
    return coldest == null ? null : ((Entry) coldest).record;
  }

  /** Where an entry's payload starts on the device. */
  long payloadOffset(Entry entry) {
    return entry.extent != null
        ? layout.blockOffset(entry.extent.firstBlock())
        : layout.unitOffset(entry.record.firstBlock()) + entry.valueOffset;
  }

  /** Where an entry's record lies on the device; null where no records are kept. */
  @Nullable Place recordPlace(Entry entry) {
    return entry.record == null
        ? null
        : new Place(
            layout.unitOffset(entry.record.firstBlock()),
            entry.record.blocks() * layout.unitBytes());
  }

  /** What must be over before an entry's payload and record are written to their places. */
  static long usableAfter(Entry entry) {
    return Math.max(
        entry.extent == null ? 0 : entry.extent.usableAfter(),
        entry.record == null ? 0 : entry.record.usableAfter());
  }

  /** Has an entry's record invalidated, if it has one that was written or will be. */
  void invalidate(Entry entry, Journal journal) {
    if (entry.isRecorded) {
      entry.isRecorded = false;
      long bytes = entry.extent == null ? entry.bytes : layout.bytesOf(entry.blocks);
      entry.invalidation =
          journal.invalidate(
              entry.key,
              entry.record.firstBlock(),
              recordPlace(entry),
              new Place(payloadOffset(entry), bytes));
    }
  }

  /** Gives an entry's places back, except a payload's whose memory is bad. */
  void free(Entry entry) {
    if (entry.extent != null && !entry.quarantined) {
      walk.leave(entry.extent);
      blocks.free(entry.extent, entry.invalidation);
      blockRoom.changed();
    }
    if (entry.record != null && !entry.isRecordQuarantined()) {
      walk.leave(entry.record);
      units.free(entry.record, entry.invalidation);
      unitRoom.changed();
    }
  }

  /** The next readable entry on a walk round all of them; null where none is near. */
  @Nullable Entry next() {
    return walk.next();
  }

  void quarantined(Entry entry) {
    quarantinedBlocks += entry.blocks;
  }

  void becameEvictable(Entry entry) {
    evictableBlocks += entry.blocks;
    blockRoom.changed();
    if (unitRoom != null) {
      unitRoom.changed();
    }
  }

  void noLongerEvictable(Entry entry) {
    evictableBlocks -= entry.blocks;
  }

  // --- Figures

  long bytes() {
    return layout.bytesOf(blocks.blocks());
  }

  long bytesOf(long blockCount) {
    return layout.bytesOf(blockCount);
  }

  ExtentSpace<Entry> blocks() {
    return blocks;
  }

  @Nullable ExtentSpace<Entry> units() {
    return units;
  }

  long evictableBlocks() {
    return evictableBlocks;
  }

  long quarantinedBytes() {
    return layout.bytesOf(quarantinedBlocks);
  }

  /** The bytes of records that are written or will be, and of those not yet reused. */
  long recordBytes() {
    return units == null ? 0 : (units.blocks() - units.freeBlocks()) * layout.unitBytes();
  }

  long recordAreaBytes() {
    return units == null ? 0 : units.blocks() * layout.unitBytes();
  }
}
