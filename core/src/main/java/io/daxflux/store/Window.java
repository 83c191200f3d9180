package io.daxflux.store;

import io.daxflux.extent.Extent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of the arena that would be one free run if its owners were evicted.
 *
 * @param owners the entries in it, all of them evictable
 * @param blocks how many blocks they hold: the price
 */
record Window(List<Entry> owners, long blocks) {

  /**
   * Grows from a seed, over free runs first and then over the colder neighbour, until it is long
   * enough.
   *
   * @return null where pinned, leased or unreadable neighbours stand in the way
   */
  static @Nullable Window around(Extent<Entry> seed, long wantedBlocks) {
    List<Entry> owners = new ArrayList<>();
    Extent<Entry> left = seed;
    Extent<Entry> right = seed;
    long length = include(seed, owners);
    while (length < wantedBlocks) {
      Extent<Entry> before = clearable(left.previous());
      Extent<Entry> behind = clearable(right.next());
      if (before == null && behind == null) {
        return null;
      }
      if (behind == null || (before != null && isColder(before, behind))) {
        length += include(before, owners);
        left = before;
      } else {
        length += include(behind, owners);
        right = behind;
      }
    }
    return new Window(owners, owners.stream().mapToLong(Entry::blocks).sum());
  }

  static @Nullable Window cheaper(@Nullable Window one, @Nullable Window other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.blocks < one.blocks ? other : one;
  }

  private static long include(Extent<Entry> extent, List<Entry> owners) {
    if (!extent.isFree()) {
      owners.add(extent.owner());
    }
    return extent.blocks();
  }

  private static @Nullable Extent<Entry> clearable(@Nullable Extent<Entry> extent) {
    return extent != null && isClearable(extent) ? extent : null;
  }

  /** Whether the extent is free or its owner can be evicted. */
  static boolean isClearable(Extent<Entry> extent) {
    return extent.isFree() || extent.owner().isEvictable();
  }

  private static boolean isColder(Extent<Entry> one, Extent<Entry> other) {
    if (one.isFree() || other.isFree()) {
      return one.isFree();
    }
    return one.owner().lastUse < other.owner().lastUse;
  }
}
