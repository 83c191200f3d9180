package io.daxflux.media;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settles which of the records that were found hold. The latest goes first and takes its key, its
 * units and its blocks; an earlier one that wants one of them is out. A key is taken even by a
 * record that is out for another reason: what it replaced was meant to be gone.
 */
final class Survivors {
  static final Comparator<RecoveredChunk> EARLIEST_FIRST =
      Comparator.<RecoveredChunk>comparingLong(chunk -> chunk.record().generation())
          .thenComparingLong(chunk -> chunk.record().sequence())
          .thenComparingLong(RecoveredChunk::unit);

  private final MediaGeometry geometry;
  private final long nowMs;

  private final KeyTable keys;
  private final Claims units;
  private final Claims blocks;

  private final List<RecoveredChunk> chunks;
  private final List<BadUnit> dropped = new ArrayList<>();

  /**
   * Settles it.
   *
   * @param found all records that could be read, the earliest first
   * @param bad where records seem to begin that could not
   */
  Survivors(MediaGeometry geometry, List<RecoveredChunk> found, List<BadUnit> bad, long nowMs) {
    this.geometry = geometry;
    this.nowMs = nowMs;
    this.keys = new KeyTable(found.size());
    this.units = new Claims(geometry.recordUnits());
    this.blocks = new Claims(geometry.payloadBlocks());
    dropped.addAll(bad);
    List<RecoveredChunk> held = new ArrayList<>(found.size());
    for (RecoveredChunk chunk : found.reversed()) {
      DropReason reason = admit(chunk);
      if (reason == null) {
        held.add(chunk);
      } else {
        dropped.add(new BadUnit(chunk.unit(), reason));
      }
    }
    // Within a record that holds lies its key, and whatever a key's owner wrote there.
    dropped.removeIf(unit -> units.anyOf(unit.unit(), 1));
    chunks = UseOrder.coldestFirst(held.reversed());
  }

  /** Takes what a record wants, or says why it is out. */
  private @Nullable DropReason admit(RecoveredChunk chunk) {
    ChunkRecord record = chunk.record();
    if (!keys.add(record.key())) {
      return DropReason.SUPERSEDED;
    }
    if (record.expiresAtMs() != 0 && record.expiresAtMs() <= nowMs) {
      return DropReason.EXPIRED;
    }
    long firstBlock = record.isInline() ? 0 : record.firstBlock();
    long wanted = record.isInline() ? 0 : geometry.blocksFor(record.layout().bytes());
    if (blocks.anyOf(firstBlock, wanted) || !units.take(chunk.unit(), chunk.units())) {
      return DropReason.OVERLAPPING;
    }
    blocks.take(firstBlock, wanted);
    return null;
  }

  /** The chunks that hold, the one used longest ago first. */
  List<RecoveredChunk> chunks() {
    return chunks;
  }

  /** Where records begin that look live and do not hold, each outside of all that do. */
  List<BadUnit> dropped() {
    return dropped;
  }

  /** How many were dropped for each reason. */
  Map<DropReason, Long> countsOfDropped() {
    Map<DropReason, Long> counts = new EnumMap<>(DropReason.class);
    dropped.forEach(unit -> counts.merge(unit.reason(), 1L, Long::sum));
    return counts;
  }
}
