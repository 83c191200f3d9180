package io.daxflux.reactive.session;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.StoreEvent;
import io.daxflux.reactive.outcome.StoreStatus;
import io.daxflux.store.StoreObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/** Counts what happens to chunks, and tells whoever listens. */
final class Counters implements StoreObserver {
  /** Joined and left by listeners' threads, told by the store's. */
  private final List<EventFeed> feeds = new CopyOnWriteArrayList<>();

  /** Set before the last look at the feeds, so that none that joins later is forgotten. */
  private volatile boolean over;

  private long stored;
  private long evicted;
  private long removed;
  private long expired;
  private long quarantined;
  private long corrupt;
  private long hits;
  private long misses;
  private long restoredBytes;
  private long scrubbedBytes;

  @Override
  public void stored(ChunkKey key, long bytes) {
    stored++;
    tell(new StoreEvent.Stored(key, bytes));
  }

  @Override
  public void evicted(ChunkKey key, long bytes) {
    evicted++;
    tell(new StoreEvent.Evicted(key, bytes));
  }

  @Override
  public void removed(ChunkKey key, long bytes) {
    removed++;
    tell(new StoreEvent.Removed(key, bytes));
  }

  @Override
  public void expired(ChunkKey key, long bytes) {
    expired++;
    tell(new StoreEvent.Expired(key, bytes));
  }

  @Override
  public void quarantined(ChunkKey key, long bytes) {
    quarantined++;
    tell(new StoreEvent.Quarantined(key, bytes));
  }

  @Override
  public void corrupted(ChunkKey key, long bytes) {
    corrupt++;
    tell(new StoreEvent.Corrupted(key, bytes));
  }

  void hit(long bytes) {
    hits++;
    restoredBytes += bytes;
  }

  /** Chunks were lent: nothing was copied. */
  void lent(int chunks, int missed) {
    hits += chunks;
    misses += missed;
  }

  void missed() {
    misses++;
  }

  void scrubbed(long bytes) {
    scrubbedBytes += bytes;
  }

  private void tell(StoreEvent event) {
    for (EventFeed feed : feeds) {
      feed.tell(event);
    }
  }

  /** What happens from now on, until the store has closed. */
  Flux<StoreEvent> events(Scheduler delivery) {
    return new Flux<>() {
      @Override
      public void subscribe(CoreSubscriber<? super StoreEvent> listener) {
        EventFeed feed = new EventFeed(Counters.this, listener, delivery);
        feeds.add(feed);
        listener.onSubscribe(feed);
        feed.outbox().open();
        if (over) {
          feed.outbox().complete();
        }
      }
    };
  }

  void forget(EventFeed feed) {
    feeds.remove(feed);
  }

  /** Nothing happens any more. */
  void complete() {
    over = true;
    feeds.forEach(feed -> feed.outbox().complete());
  }

  StoreStatus.Counters totals() {
    return new StoreStatus.Counters(
        stored,
        evicted,
        removed,
        expired,
        quarantined,
        corrupt,
        hits,
        misses,
        restoredBytes,
        scrubbedBytes);
  }
}
