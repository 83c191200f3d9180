package io.daxflux.store;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.extent.ExtentSpace;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where entries lie: payloads in blocks of the arena, records in units of the record area, and
 * values so small that they lie in their records. Makes room by evicting; where no room can be made
 * it evicts nobody.
 */
final class Places {
  private final ArenaLayout layout;
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
   * @param evict drops an evictable entry and gives its places back
   */
  Places(
      ArenaLayout layout,
      ExtentSpace<Entry> blocks,
      @Nullable ExtentSpace<Entry> units,
      EvictionOrders orders,
      Consumer<Entry> evict) {
    this.layout = layout;
    this.orders = orders;
    this.blocks = blocks;
    this.units = units;
    this.blockRoom = new Room(blocks, this::coldestBlocks, evict);
    this.unitRoom = units == null ? null : new Room(units, this::coldestUnits, evict);
    this.walk = new Walk(units == null ? blocks : units);
  }

  /**
   * What is short for an entry of this form; null where {@link #take} will find places for it.
   * Evicts nobody.
   */
  ReserveResult.@Nullable NoSpace shortageFor(Form form) {
    if (!form.isInline() && !hasBlocks(form.blocks())) {
      return shortage(blocks, form.blocks(), layout.blockBytes());
    }
    if (unitRoom != null && !unitRoom.has(form.units())) {
      return shortage(units, form.units(), layout.unitBytes());
    }
    return null;
  }

  /** Looks at the sum first, which costs nothing. */
  private boolean hasBlocks(long length) {
    return length <= blocks.freeBlocks() + evictableBlocks && blockRoom.has(length);
  }

  /**
   * Finds places for an entry's record and payload. There are or can be some: {@link #shortageFor}
   * has said so.
   *
   * @param behind whose payload its own would best lie behind; null for anywhere
   * @param followingBytes what is to be put right behind it; 0 for nothing
   * @return what must be over before they are written to
   */
  long take(Entry entry, @Nullable Entry behind, long followingBytes) {
    Form form = entry.form();
    long usableAfter = 0;
    if (unitRoom != null) {
      usableAfter = unitRoom.take(entry, form.units(), null, 0);
    }
    if (!form.isInline()) {
      long wishedBlocks = form.blocks() + followingBytes / layout.blockBytes();
      // What lies in its record has no place in the arena that anything could lie behind.
      Entry neighbour = behind == null || behind.isInline() ? null : behind;
      usableAfter =
          Math.max(usableAfter, blockRoom.take(entry, form.blocks(), neighbour, wishedBlocks));
    }
    return usableAfter;
  }

  private static ReserveResult.NoSpace shortage(
      ExtentSpace<Entry> space, long length, long unitBytes) {
    return new ReserveResult.NoSpace(
        length * unitBytes, space.freeBlocks() * unitBytes, space.largestRun() * unitBytes);
  }

  private @Nullable Entry coldestBlocks() {
    return (Entry) orders.payloads().victim();
  }

  /** A small value before a chunk, which takes more than its record. */
  private @Nullable Entry coldestUnits() {
    Evictable coldest = orders.values().victim();
    return (Entry) (coldest == null ? orders.payloads().victim() : coldest);
  }

  /** Where an entry's payload starts on the device. */
  long payloadOffset(Entry entry) {
    return entry.isInline()
        ? layout.unitOffset(entry.firstUnit) + entry.form().valueOffset()
        : layout.blockOffset(entry.firstBlock);
  }

  /** Where an entry's record lies on the device; null where no records are kept. */
  @Nullable Place recordPlace(Entry entry) {
    return entry.hasRecord()
        ? new Place(layout.unitOffset(entry.firstUnit), entry.form().units() * layout.unitBytes())
        : null;
  }

  /**
   * Has an entry's record invalidated, if it has one that was written or will be.
   *
   * @return the number of that event; 0 for none
   */
  long invalidate(Entry entry, ChunkKey key, Journal journal) {
    if (!entry.isRecorded()) {
      return 0;
    }
    entry.recorded(false);
    long bytes = entry.isInline() ? entry.bytes() : layout.bytesOf(entry.form().blocks());
    return journal.invalidate(
        key, entry.firstUnit, recordPlace(entry), new Place(payloadOffset(entry), bytes));
  }

  /**
   * Gives an entry's places back, except those whose memory is bad.
   *
   * @param usableAfter what must be over before they are used anew
   */
  void free(Entry entry, long usableAfter) {
    if (!entry.isInline() && !entry.isQuarantined()) {
      walk.leave(blocks, entry);
      blocks.free(entry, usableAfter);
      blockRoom.changed();
    }
    if (unitRoom != null && !entry.isRecordQuarantined()) {
      walk.leave(units, entry);
      units.free(entry, usableAfter);
      unitRoom.changed();
    }
  }

  /** The next readable entry on a walk round all of them; null where none is near. */
  @Nullable Entry next() {
    return walk.next();
  }

  void quarantined(Entry entry) {
    quarantinedBlocks += entry.form().blocks();
  }

  void becameEvictable(Entry entry) {
    evictableBlocks += entry.form().blocks();
    blockRoom.changed();
    if (unitRoom != null) {
      unitRoom.changed();
    }
  }

  void noLongerEvictable(Entry entry) {
    evictableBlocks -= entry.form().blocks();
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
