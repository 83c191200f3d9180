package io.daxflux.extent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Extents that are laid together or not at all. Each way of placing them gives back what it took
 * where it fails.
 *
 * @param <E> an extent
 */
final class Batch<E> {
  private final ExtentSpace<E> space;
  private final List<E> extents;
  private final List<E> placed;

  /**
   * A batch without a place.
   *
   * @param extents together no more blocks than a {@code long} can count
   */
  Batch(ExtentSpace<E> space, List<E> extents) {
    this.space = space;
    this.extents = extents;
    this.placed = new ArrayList<>(extents.size());
  }

  /** Side by side in one run, or else through the longest runs, one after the other. */
  boolean fillInOrder() {
    long missing = extents.stream().mapToLong(space::length).sum();
    for (E extent : extents) {
      boolean follows = !placed.isEmpty() && space.allocateBehind(placed.getLast(), extent) != null;
      if (!follows && space.startRun(missing, extent) == null) {
        return giveBack();
      }
      placed.add(extent);
      missing -= space.length(extent);
    }
    return true;
  }

  /** Each in the smallest run that fits, the longest ones first, as they have the least choice. */
  boolean fillLongestFirst() {
    List<E> longestFirst = new ArrayList<>(extents);
    longestFirst.sort(Comparator.comparingLong((E extent) -> space.length(extent)).reversed());
    for (E extent : longestFirst) {
      if (space.allocate(extent) == null) {
        return giveBack();
      }
      placed.add(extent);
    }
    return true;
  }

  private boolean giveBack() {
    placed.forEach(space::free);
    placed.clear();
    return false;
  }
}
