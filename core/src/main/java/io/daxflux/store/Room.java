package io.daxflux.store;

import io.daxflux.extent.Extent;
import io.daxflux.extent.ExtentSpace;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A space of extents, and the making of room in it: takes a run where one is free, evicts the
 * coldest entries where too little is, and clears a run of its cheapest neighbours where enough is
 * free but in pieces. Where no run can be made it evicts nobody.
 */
final class Room {
  /** How many of the longest free runs are looked at as the core of a run to clear. */
  private static final int SEEDS = 8;

  private final ExtentSpace<Entry> space;
  private final Supplier<@Nullable Extent<Entry>> coldest;
  private final Consumer<Entry> evict;

  /** No run of this length can be made until something becomes free or evictable. */
  private long hopelessLength = Long.MAX_VALUE;

  /**
   * @param coldest the extent here of the entry that makes room next; null for none
   * @param evict drops an evictable entry and frees its extents
   */
  Room(ExtentSpace<Entry> space, Supplier<@Nullable Extent<Entry>> coldest, Consumer<Entry> evict) {
    this.space = space;
    this.coldest = coldest;
    this.evict = evict;
  }

  /**
   * Whether a run of this length is free, or can be made. Asked before the first eviction, so that
   * none is in vain; no eviction, here or elsewhere, makes it less true.
   */
  boolean has(long length) {
    if (space.largestRun() >= length) {
      return true;
    }
    if (length >= hopelessLength) {
      return false;
    }
    if (aroundColdest(length) == null && cheapestRun(length) == null) {
      hopelessLength = length;
      return false;
    }
    return true;
  }

  /**
   * A run for an entry, behind the given extent if that can be had for nothing. There is or can be
   * one: {@link #has} has said so.
   *
   * @param behind where it would best lie; null for anywhere
   * @param wishedLength how long a run it would best start, for those that are to follow it
   */
  Extent<Entry> take(Entry entry, long length, @Nullable Extent<Entry> behind, long wishedLength) {
    Extent<Entry> extent = behind == null ? null : space.allocateBehind(behind, length, entry);
    if (extent == null) {
      extent = space.allocateInRun(wishedLength, length, entry);
    }
    while (extent == null) {
      if (space.freeBlocks() < length) {
        evict.accept(coldest.get().owner());
      } else {
        cheapestRun(length).owners().forEach(evict);
      }
      extent = space.allocate(length, entry);
    }
    return extent;
  }

  /** Something became free or evictable: what could not be made may be possible now. */
  void changed() {
    hopelessLength = Long.MAX_VALUE;
  }

  /** The owners of a run that cost the least, as far as the likely places tell. */
  private @Nullable Window cheapestRun(long length) {
    Window best = null;
    for (Extent<Entry> seed : space.longestFreeRuns(SEEDS)) {
      best = Window.cheaper(best, Window.around(seed, length));
    }
    best = Window.cheaper(best, aroundColdest(length));
    return best == null ? anywhere(length) : best;
  }

  private @Nullable Window aroundColdest(long length) {
    Extent<Entry> seed = coldest.get();
    return seed == null ? null : Window.around(seed, length);
  }

  /**
   * The cheapest that starts behind a wall: walks all of the space, which it takes only where the
   * likely places are shut in by what is held.
   */
  private @Nullable Window anywhere(long length) {
    Window best = null;
    boolean behindWall = true;
    for (Extent<Entry> extent = space.first(); extent != null; extent = extent.next()) {
      boolean clearable = Window.isClearable(extent);
      if (clearable && behindWall) {
        best = Window.cheaper(best, Window.around(extent, length));
      }
      behindWall = !clearable;
    }
    return best;
  }
}
