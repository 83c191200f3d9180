package io.daxflux.store;

import org.jspecify.annotations.Nullable;

/**
 * Decides which entry makes room. Told of everything that happens to an entry, on one thread.
 *
 * <p>Every call costs amortised constant time. An entry that is withdrawn keeps its place in the
 * order and only leaves the queue when the search for a victim meets it, so that a pin or a read
 * that comes to nothing does not change its recency.
 *
 * <p>Of an entry that was not added yet or was removed, a policy only notes whether it is
 * withdrawn.
 */
interface EvictionPolicy {
  /** A new entry is there; it may be withdrawn already. */
  void added(Evictable entry);

  /** It was read to the end. Also called while it is withdrawn. */
  void used(Evictable entry);

  /** It has gone, or will: forget it. Also called while it is withdrawn. */
  void removed(Evictable entry);

  /** It is pinned or read from now on: do not choose it. Never called twice in a row. */
  void withdrawn(Evictable entry);

  /** It may be chosen again. Never called twice in a row. */
  void restored(Evictable entry);

  /**
   * The entry that makes room next; it stays in the order until it is removed. Null for none. Asked
   * again with nothing told in between, it is the same entry.
   */
  @Nullable Evictable victim();
}
