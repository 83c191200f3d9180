package io.daxflux.store;

import io.daxflux.extent.ExtentSpace;
import io.daxflux.extent.FreeRun;
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
  private final Supplier<@Nullable Entry> coldest;
  private final Consumer<Entry> evict;

  /** No run of this length can be made until something becomes free or evictable. */
  private long hopelessLength = Long.MAX_VALUE;

  /**
   * @param coldest the entry that lies here and makes room next; null for none
   * @param evict drops an evictable entry and frees its places
   */
  Room(ExtentSpace<Entry> space, Supplier<@Nullable Entry> coldest, Consumer<Entry> evict) {
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
   * Lays an entry in a run, behind another if that can be had for nothing. Where something else
   * lies behind that one, as where several writers take turns, it starts a row that is out of the
   * way of theirs. There is or can be a run: {@link #has} has said so.
   *
   * @param length how long a run it takes here
   * @param behind where it would best lie; null for anywhere
   * @param wishedLength how long a run it would best start, for those that are to follow it
   * @return what must be over before its place is used anew
   */
  long take(Entry entry, long length, @Nullable Entry behind, long wishedLength) {
    FreeRun<Entry> run;
    if (behind == null) {
      run = space.allocateInRun(wishedLength, entry);
    } else {
      run = space.allocateBehind(behind, entry);
      if (run == null) {
        run = space.allocateApart(wishedLength, entry);
      }
    }
    while (run == null) {
      if (space.freeBlocks() < length) {
        evict.accept(coldest.get());
      } else {
        cheapestRun(length).owners().forEach(evict);
      }
      run = space.allocate(entry);
    }
    return run.usableAfter();
  }

  /** Something became free or evictable: what could not be made may be possible now. */
  void changed() {
    hopelessLength = Long.MAX_VALUE;
  }

  /** The owners of a run that cost the least, as far as the likely places tell. */
  private @Nullable Window cheapestRun(long length) {
    Window best = null;
    for (FreeRun<Entry> seed : space.longestFreeRuns(SEEDS)) {
      best = Window.cheaper(best, Window.around(space, seed, length));
    }
    best = Window.cheaper(best, aroundColdest(length));
    return best == null ? anywhere(length) : best;
  }

  private @Nullable Window aroundColdest(long length) {
    Entry seed = coldest.get();
    return seed == null ? null : Window.around(space, seed, length);
  }

  /**
   * The cheapest that starts behind a wall: walks all of the space, which it takes only where the
   * likely places are shut in by what is held.
   */
  private @Nullable Window anywhere(long length) {
    Window best = Window.behind(space, null, length);
    for (Entry entry = space.behind(null); entry != null; entry = space.behind(entry)) {
      if (!entry.isEvictable()) {
        best = Window.cheaper(best, Window.behind(space, entry, length));
      }
    }
    return best;
  }
}
