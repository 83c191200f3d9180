package io.daxflux.store;

/**
 * What all policies have in common: entries stand in queues, and withdrawing one only marks it.
 *
 * <p>An entry the policy does not hold, not yet or no longer, is marked and otherwise ignored. So
 * an entry may be withdrawn before it is added, and a read may end after its entry was removed.
 */
abstract class QueuedPolicy implements EvictionPolicy {
  /** The queue an entry stands in, or was parked from. */
  abstract EvictionQueue queueOf(Evictable entry);

  static boolean holds(Evictable entry) {
    return entry.queue != 0;
  }

  @Override
  public void removed(Evictable entry) {
    if (holds(entry)) {
      queueOf(entry).remove(entry);
    }
  }

  @Override
  public final void withdrawn(Evictable entry) {
    entry.withdrawn = true;
  }

  @Override
  public void restored(Evictable entry) {
    entry.withdrawn = false;
    if (holds(entry)) {
      queueOf(entry).restore(entry);
    }
  }
}
