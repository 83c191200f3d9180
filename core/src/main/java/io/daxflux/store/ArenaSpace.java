package io.daxflux.store;

import io.daxflux.extent.Extent;
import io.daxflux.extent.ExtentSpace;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The arena's extents, and the making of room: takes a run where one is free, evicts the coldest
 * entries where too little is, and clears a run of its cheapest neighbours where enough is free but
 * in pieces.
 */
final class ArenaSpace {
  /** How many of the longest free runs are looked at as the core of a run to clear. */
  private static final int SEEDS = 8;

  private final ExtentSpace<Entry> space;
  private final EvictionPolicy policy;
  private final Consumer<Entry> evict;

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
    while (extent == null) {
      boolean roomier = space.freeBlocks() < blocks ? evictColdest() : clearRun(blocks);
      if (!roomier) {
        return null;
      }
      extent = space.allocate(blocks, entry);
    }
    return extent;
  }

  private boolean evictColdest() {
    Entry victim = (Entry) policy.victim();
    if (victim == null) {
      return false;
    }
    evict.accept(victim);
    return true;
  }

  /** Evicts the neighbours of a free run, or of the coldest entry, that cost the least. */
  private boolean clearRun(long blocks) {
    Window best = null;
    for (Extent<Entry> seed : space.longestFreeRuns(SEEDS)) {
      best = Window.cheaper(best, Window.around(seed, blocks));
    }
    Entry coldest = (Entry) policy.victim();
    if (coldest != null) {
      best = Window.cheaper(best, Window.around(coldest.extent, blocks));
    }
    if (best == null) {
      return false;
    }
    best.owners().forEach(evict);
    return true;
  }
}
