package io.daxflux.store;

import org.jspecify.annotations.Nullable;

/**
 * Least frequently used: the entry used least often makes room, among equals the one used longest
 * ago. Counts start at 0 when an entry is stored and do not age, so what was popular once stays
 * until it is removed; where popularity moves on, S3-FIFO is the better choice.
 *
 * <p>One queue for each frequency, after Shah, Mitra and Matani, "An O(1) algorithm for
 * implementing the LFU cache eviction scheme" (2010), but a fixed number of them: counts below
 * {@value #EXACT} are told apart exactly, larger ones by their power of two. A bit set of the
 * queues in use finds the lowest in one step.
 */
final class LfuPolicy extends QueuedPolicy {
  static final int EXACT = 32;
  private static final int RANKS = rank(Integer.MAX_VALUE) + 1;

  private final EvictionQueue[] byRank = new EvictionQueue[RANKS];

  /** Has the bit of every queue that is not empty, and maybe of some that are. */
  private long occupied;

  LfuPolicy() {
    for (int rank = 0; rank < RANKS; rank++) {
      byRank[rank] = new EvictionQueue(rank + 1);
    }
  }

  static int rank(int uses) {
    return uses < EXACT ? uses : EXACT + log2(uses) - log2(EXACT);
  }

  static int oneMore(int uses) {
    return uses == Integer.MAX_VALUE ? uses : uses + 1;
  }

  private static int log2(int positive) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(positive);
  }

  @Override
  EvictionQueue queueOf(Evictable entry) {
    return byRank[rank(entry.uses)];
  }

  @Override
  public void added(Evictable entry) {
    entry.uses = 0;
    enter(entry);
  }

  @Override
  public void used(Evictable entry) {
    if (holds(entry)) {
      queueOf(entry).remove(entry);
      entry.uses = oneMore(entry.uses);
      enter(entry);
    }
  }

  private void enter(Evictable entry) {
    queueOf(entry).addWarmest(entry);
    occupied |= bitOf(entry);
  }

  @Override
  public void restored(Evictable entry) {
    super.restored(entry);
    if (holds(entry)) {
      occupied |= bitOf(entry);
    }
  }

  private static long bitOf(Evictable entry) {
    return 1L << rank(entry.uses);
  }

  @Override
  public @Nullable Evictable victim() {
    while (occupied != 0) {
      Evictable coldest = byRank[Long.numberOfTrailingZeros(occupied)].coldest();
      if (coldest != null) {
        return coldest;
      }
      occupied &= occupied - 1;
    }
    return null;
  }
}
