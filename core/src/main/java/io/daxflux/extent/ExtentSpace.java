package io.daxflux.extent;

import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A space of blocks, handed out in runs.
 *
 * <p>Every block belongs to one extent or one free run. Extents form a list in the order of their
 * blocks, linked through themselves; what lies between two of them is free. So the neighbours of an
 * extent are one step away: that is how free runs join, how a chunk is laid behind its predecessor,
 * and how eviction makes a run. Free runs stand in a set ordered by length, which finds the
 * smallest that fits and the largest there is in time logarithmic in their number. Memory grows
 * with the number of free runs, not of blocks, so small blocks cost nothing by themselves.
 *
 * <p>Not thread-safe: one owner calls it.
 *
 * @param <E> an extent, or whatever lies in one
 */
public final class ExtentSpace<E> {
  /** How far into a run a row starts, at most, in lengths of its first extent. */
  private static final int ROW_LENGTHS = 64;

  /** What is shorter than two rows of so many lengths is not shared by two. */
  private static final int LEAST_ROW_LENGTHS = 4;

  private final long blocks;
  private final ExtentLinks<E> links;
  private @Nullable E first;
  private final TreeSet<FreeRun<E>> freeByLength = new TreeSet<>(FreeRun.SHORTEST_FIRST);
  private long freeBlocks;

  /**
   * A space in which all is free.
   *
   * @param blocks how many blocks it has, at least 1
   */
  public ExtentSpace(long blocks, ExtentLinks<E> links) {
    checkBlocks(blocks);
    this(blocks, links, null, List.of(new FreeRun<>(0, blocks, null, 0)));
  }

  /** A space in which all is free, for extents that lie in no other. */
  public static ExtentSpace<Extent> of(long blocks) {
    return new ExtentSpace<>(blocks, Extent.LINKS);
  }

  /**
   * A space of extents that are linked already.
   *
   * @param first the first of them; null for none
   * @param free all that lies between them
   */
  ExtentSpace(long blocks, ExtentLinks<E> links, @Nullable E first, List<FreeRun<E>> free) {
    this.blocks = blocks;
    this.links = links;
    this.first = first;
    freeByLength.addAll(free);
    freeBlocks = free.stream().mapToLong(FreeRun::blocks).sum();
  }

  static void checkBlocks(long blocks) {
    if (blocks < 1) {
      throw new IllegalArgumentException("blocks: expected at least 1, found " + blocks);
    }
  }

  // --- Taking

  /**
   * Lays an extent at the start of the smallest free run that fits.
   *
   * @return the run as it was, or null where none is long enough
   */
  public @Nullable FreeRun<E> allocate(E extent) {
    return place(extent, smallestOf(length(extent)));
  }

  /**
   * Lays an extent at the start of a longer run, so that others can follow, and in any run that
   * fits where there is no such one.
   *
   * @param runLength how long a run is wished for; less than the extent's length is no wish
   * @return the run as it was, or null where none is long enough for it alone
   */
  public @Nullable FreeRun<E> allocateInRun(long runLength, E extent) {
    FreeRun<E> run = smallestOf(Math.max(runLength, length(extent)));
    return run == null ? allocate(extent) : place(extent, run);
  }

  /**
   * Lays an extent right behind another.
   *
   * @return the run as it was, or null where what follows is not free or too short
   */
  public @Nullable FreeRun<E> allocateBehind(E predecessor, E extent) {
    long length = length(extent);
    if (links.firstBlock(predecessor) < 0) {
      return null;
    }
    FreeRun<E> run = runBetween(predecessor, links.next(predecessor));
    return run == null || run.blocks() < length ? null : place(extent, run);
  }

  /**
   * Lays an extent that others are to follow well inside the longest run, so that its row and the
   * one that may be growing into the start of that run do not meet soon. It starts some whole
   * lengths of its own into the run, so that extents of one length fill the run no less than if
   * they began at its start. A run too short for two rows is not shared: then as {@link
   * #allocateInRun}.
   *
   * @param runLength how long a run is wished for; less than the extent's length is no wish
   * @return the run as it was, or null where none is long enough for it alone
   */
  public @Nullable FreeRun<E> allocateApart(long runLength, E extent) {
    long length = length(extent);
    long longest = largestRun();
    long lengths = Math.min(longest / 2 / length, ROW_LENGTHS);
    boolean isShared =
        lengths >= LEAST_ROW_LENGTHS && longest - lengths * length >= Math.max(runLength, length);
    return isShared
        ? place(extent, freeByLength.last(), lengths * length)
        : allocateInRun(runLength, extent);
  }

  /**
   * Lays several extents at once, side by side where one run holds them all. Otherwise the longest
   * runs are filled one after the other, in the order of the extents; and where that leaves one
   * without a place, the longest extents come first, each in the smallest run that fits.
   *
   * <p>All or nothing: a refusal leaves the space as it was. Extents of one length, and one shorter
   * among them, get a place whenever there is one, in as few runs as there can be if all are equal.
   * Other mixtures may be refused though a search of all placements would find one, and may take
   * more runs than it would: that is bin packing, and nobody waits for it here.
   *
   * @return false where they do not fit
   */
  public boolean allocateAll(List<E> extents) {
    long longest = 0;
    for (E extent : extents) {
      longest = Math.max(longest, length(extent));
    }
    long total = 0;
    for (E extent : extents) {
      if (length(extent) > freeBlocks - total) {
        return false;
      }
      total += length(extent);
    }
    if (longest > largestRun()) {
      return false;
    }
    Batch<E> batch = new Batch<>(this, extents);
    return batch.fillInOrder() || batch.fillLongestFirst();
  }

  /** At the start of the smallest run that holds all that is missing, or else of the longest. */
  @Nullable FreeRun<E> startRun(long missing, E extent) {
    FreeRun<E> run = smallestOf(missing);
    if (run == null && largestRun() >= length(extent)) {
      run = freeByLength.last();
    }
    return place(extent, run);
  }

  /** The shortest free run of at least this length; null where there is none. */
  private @Nullable FreeRun<E> smallestOf(long length) {
    return freeByLength.ceiling(FreeRun.like(-1, length));
  }

  long length(E extent) {
    long length = links.blocks(extent);
    if (length < 1) {
      throw new IllegalArgumentException("length: expected at least 1 block, found " + length);
    }
    return length;
  }

  private @Nullable FreeRun<E> place(E extent, @Nullable FreeRun<E> run) {
    return run == null ? null : place(extent, run, 0);
  }

  /**
   * @param skipped how many of the run's blocks stay free before the extent
   */
  private FreeRun<E> place(E extent, FreeRun<E> run, long skipped) {
    if (links.firstBlock(extent) >= 0) {
      throw new IllegalStateException("placed twice: " + extent);
    }
    long length = links.blocks(extent);
    freeByLength.remove(run);
    if (skipped > 0) {
      freeByLength.add(run.start(skipped));
    }
    if (run.blocks() > skipped + length) {
      freeByLength.add(run.behind(extent, skipped + length));
    }
    E behind = behind(run.before());
    link(run.before(), extent);
    link(extent, behind);
    links.setFirstBlock(extent, run.firstBlock() + skipped);
    freeBlocks -= length;
    return run;
  }

  // --- Giving back

  /** Gives an extent back: it lies nowhere then, and can neither be freed nor followed. */
  public void free(E extent) {
    free(extent, 0);
  }

  /**
   * Gives an extent back of which something may still be under way. Whoever takes any of its blocks
   * is told by {@link FreeRun#usableAfter}.
   *
   * @param usableAfter the number of the event that must be over before the blocks are used anew,
   *     no older than that of the run that the extent was laid in, unless that is over
   */
  public void free(E extent, long usableAfter) {
    if (links.firstBlock(extent) < 0) {
      throw new IllegalStateException("freed twice: " + extent);
    }
    E before = links.previous(extent);
    E behind = links.next(extent);
    long after = Math.max(takeOut(before, extent), takeOut(extent, behind));
    link(before, behind);
    links.setFirstBlock(extent, ExtentLinks.NOWHERE);
    links.setPrevious(extent, null);
    links.setNext(extent, null);
    addRun(before, behind, Math.max(usableAfter, after));
    freeBlocks += links.blocks(extent);
  }

  /** Takes the free run between two neighbours out of the set, if any; returns its event. */
  private long takeOut(@Nullable E before, @Nullable E behind) {
    FreeRun<E> run = runBetween(before, behind);
    if (run == null) {
      return 0;
    }
    freeByLength.remove(run);
    return run.usableAfter();
  }

  private @Nullable FreeRun<E> runBetween(@Nullable E before, @Nullable E behind) {
    long length = blocksBetween(before, behind);
    return length == 0 ? null : freeByLength.ceiling(FreeRun.like(endBlock(before), length));
  }

  private void addRun(@Nullable E before, @Nullable E behind, long usableAfter) {
    long length = blocksBetween(before, behind);
    if (length > 0) {
      freeByLength.add(new FreeRun<>(endBlock(before), length, before, usableAfter));
    }
  }

  private void link(@Nullable E left, @Nullable E right) {
    if (left == null) {
      first = right;
    } else {
      links.setNext(left, right);
    }
    if (right != null) {
      links.setPrevious(right, left);
    }
  }

  // --- Neighbours

  /** The nearest extent before another; null for none. */
  public @Nullable E before(E extent) {
    return links.previous(extent);
  }

  /** The nearest extent behind another, or behind the start of the space; null for none. */
  public @Nullable E behind(@Nullable E extent) {
    return extent == null ? first : links.next(extent);
  }

  /**
   * How many blocks lie between two extents.
   *
   * @param before null for the start of the space
   * @param behind null for its end
   */
  public long blocksBetween(@Nullable E before, @Nullable E behind) {
    return (behind == null ? blocks : links.firstBlock(behind)) - endBlock(before);
  }

  private long endBlock(@Nullable E extent) {
    return extent == null ? 0 : links.firstBlock(extent) + links.blocks(extent);
  }

  // --- Figures

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
    return freeByLength.isEmpty() ? 0 : freeByLength.last().blocks();
  }

  /** How many separate free runs there are. */
  public int freeRuns() {
    return freeByLength.size();
  }

  /** The longest free runs, longest first, at most this many. */
  public List<FreeRun<E>> longestFreeRuns(int atMost) {
    return freeByLength.descendingSet().stream().limit(atMost).toList();
  }
}
