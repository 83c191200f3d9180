package io.daxflux.extent;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Extents that are taken together or not at all. Each way of placing them gives back what it took
 * where it fails.
 *
 * @param <T> what owns an extent
 */
final class Batch<T> {
  private final ExtentSpace<T> space;
  private final long[] lengths;
  private final T owner;
  private final @Nullable Extent<T>[] taken;

  /**
   * A batch without extents.
   *
   * @param lengths the blocks of each extent, together no more than a {@code long} can count
   */
  Batch(ExtentSpace<T> space, long[] lengths, T owner) {
    this.space = space;
    this.lengths = lengths;
    this.owner = owner;
    this.taken = places(lengths.length);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no other way to make such an array
  private static <T> @Nullable Extent<T>[] places(int count) {
    return new Extent[count];
  }

  /** Side by side in one run, or else through the longest runs, one after the other. */
  boolean fillInOrder() {
    long missing = Arrays.stream(lengths).sum();
    for (int i = 0; i < lengths.length; i++) {
      taken[i] = i == 0 ? null : space.allocateBehind(taken[i - 1], lengths[i], owner);
      if (taken[i] == null) {
        taken[i] = space.startRun(missing, lengths[i], owner);
      }
      if (taken[i] == null) {
        return giveBack();
      }
      missing -= lengths[i];
    }
    return true;
  }

  /** Each in the smallest run that fits, the longest ones first, as they have the least choice. */
  boolean fillLongestFirst() {
    Comparator<Integer> byLength = Comparator.comparingLong(i -> lengths[i]);
    List<Integer> longestFirst =
        IntStream.range(0, lengths.length).boxed().sorted(byLength.reversed()).toList();
    for (int i : longestFirst) {
      taken[i] = space.allocate(lengths[i], owner);
      if (taken[i] == null) {
        return giveBack();
      }
    }
    return true;
  }

  private boolean giveBack() {
    for (int i = 0; i < taken.length; i++) {
      if (taken[i] != null) {
        space.free(taken[i]);
        taken[i] = null;
      }
    }
    return false;
  }

  /** The extents in the order of their lengths. */
  List<Extent<T>> extents() {
    return List.of(taken);
  }
}
