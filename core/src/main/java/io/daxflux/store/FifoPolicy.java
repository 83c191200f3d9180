package io.daxflux.store;

/** First in, first out: the entry stored longest ago makes room, however often it was used. */
final class FifoPolicy extends SingleQueuePolicy {
  @Override
  public void added(Evictable entry) {
    queue.addWarmest(entry);
  }

  @Override
  public void used(Evictable entry) {}
}
