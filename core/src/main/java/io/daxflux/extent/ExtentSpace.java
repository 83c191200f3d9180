package io.daxflux.extent;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A space of blocks, handed out in runs.
 *
 * <p>Every block belongs to exactly one {@link Extent}; free neighbours are always joined. Free
 * extents also stand in a set ordered by length, which finds the smallest run that fits and the
 * largest there is in time logarithmic in the number of free runs. Memory grows with the number of
 * extents, not of blocks, so small blocks cost nothing by themselves.
 *
 * <p>Not thread-safe: one owner calls it.
 *
 * @param <T> what owns an extent
 */
public final class ExtentSpace<T> {
  private final long blocks;
  private Extent<T> first;
  private final TreeSet<Extent<T>> freeByLength =
      new TreeSet<>(
          Comparator.<Extent<T>>comparingLong(Extent::blocks)
              .thenComparingLong(Extent::firstBlock));
  private long freeBlocks;

  /**
   * A space in which all is free.
   *
   * @param blocks how many blocks it has, at least 1
   */
  public ExtentSpace(long blocks) {
    checkBlocks(blocks);
    this(blocks, new Extent<>(0, blocks, null));
  }

  /**
   * A space of extents that are linked and tile it, free neighbours joined.
   *
   * @param first the first of them
   */
  ExtentSpace(long blocks, Extent<T> first) {
    this.blocks = blocks;
    this.first = first;
    forEach(
        extent -> {
          if (extent.isFree()) {
            freeByLength.add(extent);
            freeBlocks += extent.blocks;
          }
        });
  }

  static void checkBlocks(long blocks) {
    if (blocks < 1) {
      throw new IllegalArgumentException("blocks: expected at least 1, found " + blocks);
    }
  }

  /**
   * Takes a run, from the smallest free one that fits.
   *
   * @return the extent, or null where no free run is long enough
   */
  public @Nullable Extent<T> allocate(long length, T owner) {
    checkLength(length);
    Extent<T> run = smallestOf(length);
    return run == null ? null : take(run, length, owner);
  }

  /**
   * Takes the start of a longer run, so that others can follow, and any run that fits where there
   * is no such one.
   *
   * @param runLength how long a run is wished for; less than {@code length} is no wish
   * @return the extent, or null where no free run is long enough for it alone
   */
  public @Nullable Extent<T> allocateInRun(long runLength, long length, T owner) {
    checkLength(length);
    Extent<T> run = smallestOf(Math.max(runLength, length));
    return run == null ? allocate(length, owner) : take(run, length, owner);
  }

  /**
   * Takes the run right behind an extent.
   *
   * @return the extent, or null where what follows is not free or too short
   */
  public @Nullable Extent<T> allocateBehind(Extent<T> predecessor, long length, T owner) {
    checkLength(length);
    Extent<T> run = predecessor.next;
    return run == null || !run.isFree() || run.blocks < length ? null : take(run, length, owner);
  }

  /**
   * Takes several extents at once, side by side where one run holds them all. Otherwise the longest
   * runs are filled one after the other, in the order of the lengths; and where that leaves an
   * extent without a place, the longest extents come first, each in the smallest run that fits.
   *
   * <p>All or nothing: a refusal leaves the space as it was. Extents of one length, and one shorter
   * among them, get a place whenever there is one, in as few runs as there can be if all are equal.
   * Other mixtures may be refused though a search of all placements would find one, and may take
   * more runs than it would: that is bin packing, and nobody waits for it here.
   *
   * @param lengths the blocks of each extent
   * @return the extents in the order of the lengths, or null where they do not fit
   */
  public @Nullable List<Extent<T>> allocateAll(long[] lengths, T owner) {
    long longest = 0;
    for (long length : lengths) {
      checkLength(length);
      longest = Math.max(longest, length);
    }
    long total = 0;
    for (long length : lengths) {
      if (length > freeBlocks - total) {
        return null;
      }
      total += length;
    }
    if (longest > largestRun()) {
      return null;
    }
    Batch<T> batch = new Batch<>(this, lengths, owner);
    return batch.fillInOrder() || batch.fillLongestFirst() ? batch.extents() : null;
  }

  /** The start of the smallest run that holds all that is missing, or else of the longest run. */
  @Nullable Extent<T> startRun(long missing, long length, T owner) {
    Extent<T> run = smallestOf(missing);
    if (run == null && largestRun() >= length) {
      run = freeByLength.last();
    }
    return run == null ? null : take(run, length, owner);
  }

  /** The shortest free run of at least this length; null where there is none. */
  private @Nullable Extent<T> smallestOf(long length) {
    return freeByLength.ceiling(new Extent<>(-1, length, null));
  }

  private static void checkLength(long length) {
    if (length < 1) {
      throw new IllegalArgumentException("length: expected at least 1 block, found " + length);
    }
  }

  private Extent<T> take(Extent<T> run, long length, T owner) {
    Objects.requireNonNull(owner, "owner");
    freeByLength.remove(run);
    if (run.blocks > length) {
      Extent<T> rest = new Extent<>(run.firstBlock + length, run.blocks - length, null);
      rest.usableAfter = run.usableAfter;
      link(rest, run.next);
      link(run, rest);
      run.blocks = length;
      freeByLength.add(rest);
    }
    run.owner = owner;
    freeBlocks -= length;
    return run;
  }

  /**
   * Gives an extent back and joins it with free neighbours. The run they make is a new extent: this
   * one belongs to no space any more, so that whoever still has it can never free what is later
   * laid there.
   */
  public void free(Extent<T> extent) {
    free(extent, 0);
  }

  /**
   * Gives an extent back of which something may still be under way. Whoever takes any of its blocks
   * is told by {@link Extent#usableAfter}.
   *
   * @param usableAfter the number of the event that must be over before the blocks are used anew,
   *     if it is newer than the one that the extent was taken with
   */
  public void free(Extent<T> extent, long usableAfter) {
    if (extent.isFree()) {
      throw new IllegalStateException("freed twice: " + extent);
    }
    Extent<T> left = orFreeNeighbour(extent, extent.previous);
    Extent<T> right = orFreeNeighbour(extent, extent.next);
    Extent<T> run = new Extent<>(left.firstBlock, right.endBlock() - left.firstBlock, null);
    run.usableAfter =
        Math.max(
            Math.max(usableAfter, extent.usableAfter),
            Math.max(left.usableAfter, right.usableAfter));
    if (left.previous == null) {
      first = run;
    } else {
      link(left.previous, run);
    }
    link(run, right.next);
    retire(left);
    retire(extent);
    retire(right);
    freeByLength.add(run);
    freeBlocks += extent.blocks;
  }

  private Extent<T> orFreeNeighbour(Extent<T> extent, @Nullable Extent<T> neighbour) {
    if (neighbour == null || !neighbour.isFree()) {
      return extent;
    }
    freeByLength.remove(neighbour);
    return neighbour;
  }

  private void retire(Extent<T> extent) {
    extent.owner = null;
    extent.previous = null;
    extent.next = null;
  }

  private void link(Extent<T> left, @Nullable Extent<T> right) {
    left.next = right;
    if (right != null) {
      right.previous = left;
    }
  }

  /** How many blocks the space has. */
  public long blocks() {
    return blocks;
  }

  /** How many blocks nobody owns. */
  public long freeBlocks() {
    return freeBlocks;
  }

  /** The longest free run, in blocks; 0 where nothing is free. */
  public long largestRun() {
    return freeByLength.isEmpty() ? 0 : freeByLength.last().blocks;
  }

  /** How many separate free runs there are. */
  public int freeRuns() {
    return freeByLength.size();
  }

  /** The longest free runs, longest first, at most this many. */
  public List<Extent<T>> longestFreeRuns(int atMost) {
    return freeByLength.descendingSet().stream().limit(atMost).toList();
  }

  /** The extent at the start of the space; the others follow it by {@link Extent#next}. */
  public Extent<T> first() {
    return first;
  }

  /**
   * Visits every extent, owned and free, in the order of their blocks. The visitor must not change
   * the space.
   */
  public void forEach(Consumer<? super Extent<T>> visitor) {
    for (Extent<T> extent = first; extent != null; extent = extent.next) {
      visitor.accept(extent);
    }
  }
}
