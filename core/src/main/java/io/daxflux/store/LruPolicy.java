package io.daxflux.store;

/**
 * Least recently used: the entry makes room whose last use, or else whose storing, is longest ago.
 */
final class LruPolicy extends SingleQueuePolicy {
  @Override
  public void added(Evictable entry) {
    queue.addWarmest(entry);
  }

  @Override
  public void used(Evictable entry) {
    if (holds(entry)) {
      queue.remove(entry);
      queue.addWarmest(entry);
    }
  }
}
