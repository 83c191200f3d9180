package io.daxflux.store;

import org.jspecify.annotations.Nullable;

/**
 * Entries from the coldest, which makes room next, to the warmest, linked through themselves.
 *
 * <p>A withdrawn entry keeps its place until the search for a victim meets it at the cold end. The
 * search then parks it: out of the links, but not forgotten. Restored, it returns to the cold end,
 * for all that stayed behind was warmer. (Of several parked entries the one restored last is the
 * coldest.) An entry is parked at most once for each time it was withdrawn or moved while
 * withdrawn, so however many are pinned, the search costs amortised constant time.
 *
 * <p>{@link Evictable#queue} tells where an entry is: this queue's number while it stands in the
 * links, the negative number while it is parked, 0 otherwise.
 */
final class EvictionQueue {
  private final byte number;
  private @Nullable Evictable coldest;
  private @Nullable Evictable warmest;
  private long blocks;

  /** An empty queue; the number, at least 1, sets it apart from the policy's others. */
  EvictionQueue(int number) {
    this.number = (byte) number;
  }

  void addWarmest(Evictable entry) {
    enter(entry);
    entry.colder = warmest;
    if (warmest == null) {
      coldest = entry;
    } else {
      warmest.warmer = entry;
    }
    warmest = entry;
  }

  void addColdest(Evictable entry) {
    enter(entry);
    entry.warmer = coldest;
    if (coldest == null) {
      warmest = entry;
    } else {
      coldest.colder = entry;
    }
    coldest = entry;
  }

  private void enter(Evictable entry) {
    if (entry.queue != 0) {
      throw new IllegalStateException("already in eviction queue " + entry.queue + ": " + entry);
    }
    entry.queue = number;
    blocks += entry.blocks();
  }

  /** Takes an entry out that stands here or is parked. */
  void remove(Evictable entry) {
    if (entry.queue == number) {
      unlink(entry);
    }
    entry.queue = 0;
  }

  /** Puts an entry back that was parked, and leaves one alone that kept its place. */
  void restore(Evictable entry) {
    if (entry.queue == -number) {
      entry.queue = 0;
      addColdest(entry);
    }
  }

  /**
   * The coldest entry that is not withdrawn, or null; withdrawn ones on the way to it are parked.
   */
  @Nullable Evictable coldest() {
    while (coldest != null && coldest.withdrawn) {
      Evictable met = coldest;
      unlink(met);
      met.queue = (byte) -number;
    }
    return coldest;
  }

  private void unlink(Evictable entry) {
    Evictable colder = entry.colder;
    Evictable warmer = entry.warmer;
    if (colder == null) {
      coldest = warmer;
    } else {
      colder.warmer = warmer;
    }
    if (warmer == null) {
      warmest = colder;
    } else {
      warmer.colder = colder;
    }
    entry.colder = null;
    entry.warmer = null;
    blocks -= entry.blocks();
  }

  /** The blocks of all that stand here; parked entries do not count. */
  long blocks() {
    return blocks;
  }
}
