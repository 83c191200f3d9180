package io.daxflux.media;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Looks for records in pieces of the record area, each copied to private memory first. One thread
 * has one scanner.
 */
final class RecordScanner {
  /** Units of one piece: 1 MiB. */
  static final int PIECE_UNITS = 4096;

  /** Memory faults by the page: what lies on the page of a fault is lost with it. */
  private static final int PAGE_UNITS = 4096 / MediaGeometry.UNIT_BYTES;

  private final MediaMemory memory;
  private final MediaGeometry geometry;

  /** A piece, and room for the rest of a record that begins in its last unit. */
  private final byte[] bytes =
      new byte[(PIECE_UNITS + RecordFormat.MOST_UNITS) * MediaGeometry.UNIT_BYTES];

  private final RecordDecoder decoder;
  private final BitSet faulted = new BitSet();

  private final List<RecoveredChunk> chunks = new ArrayList<>();
  private final List<BadUnit> bad = new ArrayList<>();
  private final List<UnitRange> unreadable = new ArrayList<>();
  private long foreign;

  RecordScanner(MediaMemory memory, MediaGeometry geometry, Identity identity) {
    this.memory = memory;
    this.geometry = geometry;
    this.decoder = new RecordDecoder(geometry, identity, bytes);
  }

  static long pieces(MediaGeometry geometry) {
    return Math.ceilDiv(geometry.recordUnits(), PIECE_UNITS);
  }

  void scan(long piece) {
    long first = piece * PIECE_UNITS;
    int units = (int) Math.min(PIECE_UNITS, geometry.recordUnits() - first);
    int rest = (int) Math.min(RecordFormat.MOST_UNITS, geometry.recordUnits() - first - units);
    read(first, units + rest);
    for (int unit = 0; unit < units; unit++) {
      examine(first, unit);
    }
    noteUnreadable(first, units);
  }

  private void read(long first, int units) {
    faulted.clear();
    if (readUnits(first, 0, units)) {
      return;
    }
    for (int unit = 0; unit < units; unit += PAGE_UNITS) {
      int pageUnits = Math.min(PAGE_UNITS, units - unit);
      if (!readUnits(first, unit, pageUnits)) {
        faulted.set(unit, unit + pageUnits);
      }
    }
  }

  private boolean readUnits(long first, int unit, int units) {
    return memory.tryRead(
        geometry.unitOffset(first + unit),
        bytes,
        unit * MediaGeometry.UNIT_BYTES,
        units * MediaGeometry.UNIT_BYTES);
  }

  /**
   * Looks whether a record begins in a unit, also within another one: an earlier record that a loss
   * of power brought back may lie over a later one, and the later holds.
   */
  private void examine(long first, int unit) {
    int at = unit * MediaGeometry.UNIT_BYTES;
    if (faulted.get(unit) || !decoder.looksLive(at)) {
      return;
    }
    if (!decoder.isOurs(at)) {
      foreign++;
      return;
    }
    try {
      checkReadable(unit, decoder.claimedUnits(at));
      RecoveredChunk chunk = decoder.decode(at, first + unit);
      checkReadable(unit, chunk.units());
      chunks.add(chunk);
    } catch (BadRecord record) {
      bad.add(new BadUnit(first + unit, record.reason()));
    }
  }

  private void checkReadable(int unit, int units) throws BadRecord {
    int fault = faulted.nextSetBit(unit);
    if (fault >= 0 && fault < unit + units) {
      throw new BadRecord(DropReason.UNREADABLE);
    }
  }

  private void noteUnreadable(long first, int units) {
    for (int from = faulted.nextSetBit(0); from >= 0 && from < units; ) {
      int end = Math.min(units, faulted.nextClearBit(from));
      unreadable.add(new UnitRange(first + from, end - from));
      from = faulted.nextSetBit(end);
    }
  }

  /** The records found, in the order of their pieces. */
  List<RecoveredChunk> chunks() {
    return chunks;
  }

  List<BadUnit> bad() {
    return bad;
  }

  List<UnitRange> unreadable() {
    return unreadable;
  }

  /** How many records of other formats of the device were found. */
  long foreign() {
    return foreign;
  }
}
