package io.daxflux.store;

/**
 * Most recently used: the entry just stored or used makes room. The best there is for a cycle
 * longer than the arena, of which it keeps a fixed part where LRU keeps nothing of use (Chou and
 * DeWitt, "An Evaluation of Buffer Management Strategies for Relational Database Systems", VLDB
 * 1985).
 *
 * <p>An entry that comes back from being parked counts as the most recent, even where others were
 * used while it was withdrawn.
 */
final class MruPolicy extends SingleQueuePolicy {
  @Override
  public void added(Evictable entry) {
    queue.addColdest(entry);
  }

  @Override
  public void used(Evictable entry) {
    if (holds(entry)) {
      queue.remove(entry);
      queue.addColdest(entry);
    }
  }
}
