package io.daxflux.media;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads all records of a device, with several threads, and settles which of them hold. Writes
 * nothing.
 *
 * @param survivors what holds and what does not
 * @param unitsScanned how many units were looked at
 * @param foreign how many records of other formats there are
 * @param unreadable units that cannot be read, in ascending order
 * @param highestGeneration of any record that could be read; 0 for none
 * @param highestSequence of any record that could be read; 0 for none
 */
record RecoveryScan(
    Survivors survivors,
    long unitsScanned,
    long foreign,
    List<UnitRange> unreadable,
    long highestGeneration,
    long highestSequence) {

  /** Scans the records of a store. */
  static RecoveryScan run(MediaMemory memory, Superblock superblock, int threads, long nowMs) {
    MediaGeometry geometry = superblock.geometry();
    List<RecordScanner> scanners = new ArrayList<>();
    Crew.work(
        threads,
        RecordScanner.pieces(geometry),
        () -> {
          RecordScanner scanner = new RecordScanner(memory, geometry, superblock.identity());
          scanners.add(scanner);
          return scanner::scan;
        });
    List<RecoveredChunk> found = new ArrayList<>();
    List<BadUnit> bad = new ArrayList<>();
    List<UnitRange> unreadable = new ArrayList<>();
    long foreign = 0;
    for (RecordScanner scanner : scanners) {
      found.addAll(scanner.chunks());
      bad.addAll(scanner.bad());
      unreadable.addAll(scanner.unreadable());
      foreign += scanner.foreign();
    }
    found.sort(Survivors.EARLIEST_FIRST);
    long highestGeneration = 0;
    long highestSequence = 0;
    for (RecoveredChunk chunk : found) {
      highestGeneration = Math.max(highestGeneration, chunk.record().generation());
      highestSequence = Math.max(highestSequence, chunk.record().sequence());
    }
    return new RecoveryScan(
        new Survivors(geometry, found, bad, nowMs),
        geometry.recordUnits(),
        foreign,
        joined(unreadable),
        highestGeneration,
        highestSequence);
  }

  /**
   * Whether this superblock's store was closed in order when it was last open. A superblock that
   * says so is not the latest where there are records of a later opening.
   */
  boolean closedCleanly(Superblock superblock) {
    return superblock.closed() && highestGeneration <= superblock.generation();
  }

  private static List<UnitRange> joined(List<UnitRange> ranges) {
    ranges.sort(Comparator.comparingLong(UnitRange::first));
    List<UnitRange> joined = new ArrayList<>();
    for (UnitRange range : ranges) {
      UnitRange last = joined.isEmpty() ? null : joined.getLast();
      if (last != null && last.first() + last.units() == range.first()) {
        joined.set(joined.size() - 1, new UnitRange(last.first(), last.units() + range.units()));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }
}
