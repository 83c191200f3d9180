package io.daxflux.media;

import java.util.List;

/**
 * The record units of a device whose memory does not fault: the only ones that can be persisted.
 */
final class ReadableUnits {
  private final MediaMemory memory;
  private final MediaGeometry geometry;
  private final List<UnitRange> unreadable;

  /**
   * @param unreadable all others, in ascending order
   */
  ReadableUnits(MediaMemory memory, MediaGeometry geometry, List<UnitRange> unreadable) {
    this.memory = memory;
    this.geometry = geometry;
    this.unreadable = unreadable;
  }

  /** Returns when all of them are durable. */
  void persistAll() {
    persist(0, geometry.recordUnits());
  }

  /** Returns when those from one unit to before another are durable. */
  void persist(long first, long end) {
    long from = first;
    for (UnitRange range : unreadable) {
      if (range.first() < end) {
        persistRun(from, range.first());
        from = Math.max(from, range.first() + range.units());
      }
    }
    persistRun(from, end);
  }

  private void persistRun(long first, long end) {
    if (first < end) {
      memory.persist(geometry.unitOffset(first), (end - first) * MediaGeometry.UNIT_BYTES);
    }
  }
}
