package io.daxflux.store;

import io.daxflux.extent.Extent;
import io.daxflux.extent.ExtentSpace;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The arena's extents, and the making of room: takes a run where one is free, evicts the coldest
 * entries where too little is, and clears a run of its cheapest neighbours where enough is free but
 * in pieces. Where no run can be made it evicts nobody.
 */
final class ArenaSpace {
  /** How many of the longest free runs are looked at as the core of a run to clear. */
  private static final int SEEDS = 8;

  private final ExtentSpace<Entry> space;
  private final EvictionPolicy policy;
  private final Consumer<Entry> evict;

  /** No run of this length can be made until something becomes free or evictable. */
  private long hopelessBlocks = Long.MAX_VALUE;

  /**
   * @param evict drops an evictable entry and frees its extent
   */
  ArenaSpace(ExtentSpace<Entry> space, EvictionPolicy policy, Consumer<Entry> evict) {
    this.space = space;
    this.policy = policy;
    this.evict = evict;
  }

  /**
   * A run for an entry, behind the given extent if that can be had for nothing.
   *
   * @param behind where it would best lie; null for anywhere
   * @param wishedBlocks how long a run it would best start, for those that are to follow it
   * @return the extent, or null where no run can be made
   */
  @Nullable Extent<Entry> take(Entry entry, @Nullable Extent<Entry> behind, long wishedBlocks) {
    long blocks = entry.blocks;
    if (behind != null) {
      Extent<Entry> next = space.allocateBehind(behind, blocks, entry);
      if (next != null) {
        return next;
      }
    }
    Extent<Entry> extent = space.allocateInRun(wishedBlocks, blocks, entry);
    if (extent != null || blocks >= hopelessBlocks) {
      return extent;
    }
    if (!canClearRun(blocks)) {
      hopelessBlocks = blocks;
      return null;
    }
    while (extent == null) {
      if (space.freeBlocks() < blocks) {
        evict.accept((Entry) policy.victim());
      } else {
        cheapestRun(blocks).owners().forEach(evict);
      }
      extent = space.allocate(blocks, entry);
    }
    return extent;
  }

  /** Something became free or evictable: what could not be made may be possible now. */
  void changed() {
    hopelessBlocks = Long.MAX_VALUE;
  }

  /**
   * Whether evictions can make such a run. Asked before the first one, so that none is in vain; no
   * eviction makes it less true.
   */
  private boolean canClearRun(long blocks) {
    return aroundColdest(blocks) != null || cheapestRun(blocks) != null;
  }

  /** The owners of a run that cost the least, as far as the likely places tell. */
  private @Nullable Window cheapestRun(long blocks) {
    Window best = null;
    for (Extent<Entry> seed : space.longestFreeRuns(SEEDS)) {
      best = Window.cheaper(best, Window.around(seed, blocks));
    }
    best = Window.cheaper(best, aroundColdest(blocks));
    return best == null ? anywhere(blocks) : best;
  }

  private @Nullable Window aroundColdest(long blocks) {
    Entry coldest = (Entry) policy.victim();
    return coldest == null ? null : Window.around(coldest.extent, blocks);
  }

  /**
   * The cheapest that starts behind a wall: walks all of the arena, which it takes only where the
   * likely places are shut in by what is held.
   */
  private @Nullable Window anywhere(long blocks) {
    Window best = null;
    boolean behindWall = true;
    for (Extent<Entry> extent = space.first(); extent != null; extent = extent.next()) {
      boolean clearable = Window.isClearable(extent);
      if (clearable && behindWall) {
        best = Window.cheaper(best, Window.around(extent, blocks));
      }
      behindWall = !clearable;
    }
    return best;
  }
}
