package io.daxflux.reactive.session;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.StoreEvent;
import io.daxflux.reactive.outcome.StoreStatus;
import io.daxflux.store.StoreObserver;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** Counts what happens to chunks, and tells whoever listens. */
final class Counters implements StoreObserver {
  private static final int EVENTS_KEPT = 1024;

  private final Sinks.Many<StoreEvent> events = Sinks.many().multicast().directBestEffort();
  private long stored;
  private long evicted;
  private long removed;
  private long quarantined;
  private long hits;
  private long misses;
  private long restoredBytes;

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
  public void quarantined(ChunkKey key, long bytes) {
    quarantined++;
    tell(new StoreEvent.Quarantined(key, bytes));
  }

  void hit(long bytes) {
    hits++;
    restoredBytes += bytes;
  }

  void missed() {
    misses++;
  }

  private void tell(StoreEvent event) {
    // Nobody listening, or a listener whose buffer is full, is no failure.
    events.tryEmitNext(event);
  }

  /** What happens from now on. The oldest are dropped where a listener falls far behind. */
  Flux<StoreEvent> events(Scheduler delivery) {
    return events
        .asFlux()
        .onBackpressureBuffer(EVENTS_KEPT, BufferOverflowStrategy.DROP_OLDEST)
        .publishOn(delivery);
  }

  void complete() {
    events.tryEmitComplete();
  }

  StoreStatus.Counters totals() {
    return new StoreStatus.Counters(
        stored, evicted, removed, quarantined, hits, misses, restoredBytes);
  }
}
