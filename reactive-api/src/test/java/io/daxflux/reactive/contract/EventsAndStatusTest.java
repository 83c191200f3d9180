package io.daxflux.reactive.contract;

import static io.daxflux.reactive.Chunks.SMALL;
import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.chunk;
import static io.daxflux.reactive.Chunks.chunksOf;
import static io.daxflux.reactive.Chunks.key;
import static io.daxflux.reactive.Chunks.keys;
import static io.daxflux.reactive.Chunks.keysOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.CopyControl;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.SlowSubscriber;
import io.daxflux.reactive.StoreSpec;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.StoreEvent;
import io.daxflux.reactive.outcome.StoreEvent.Evicted;
import io.daxflux.reactive.outcome.StoreEvent.Removed;
import io.daxflux.reactive.outcome.StoreEvent.Stored;
import io.daxflux.reactive.outcome.StoreStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a store tells about itself. */
class EventsAndStatusTest extends StoreContract {
  @Test
  void eventsTellWhatHappenedInItsOrder() {
    ReactiveChunkStore store = openBlocks(2);
    Chunks.put(store, "before", SMALL);
    SlowSubscriber<StoreEvent> events = SlowSubscriber.to(store.events(), Long.MAX_VALUE);

    Chunks.put(store, "a", SMALL);
    put(store, PutMode.REPLACE, chunk("a", 2 * SMALL));
    store.remove(key("a")).block(SOON);
    Chunks.put(store, "b", 2 * BLOCK);

    assertThat(List.of(events.next(), events.next(), events.next(), events.next()))
        .containsExactly(
            new Stored(key("a"), SMALL),
            // The newer one needed the place of the oldest.
            new Evicted(key("before"), SMALL),
            new Removed(key("a"), SMALL),
            new Stored(key("a"), 2 * SMALL));
    assertThat(events.next()).isEqualTo(new Removed(key("a"), 2 * SMALL));
    assertThat(events.next()).isEqualTo(new Stored(key("b"), 2 * BLOCK));
    store.close().block(SOON);
    events.awaitComplete();
  }

  @Test
  void listenerThatFallsFarBehindMissesWhatHappensMeanwhileAndNoMore() {
    ReactiveChunkStore store = open();
    SlowSubscriber<StoreEvent> events = SlowSubscriber.to(store.events());
    for (int i = 0; i < 600; i++) {
      put(store, PutMode.REPLACE, chunk("a", 1));
    }
    events.request(Long.MAX_VALUE);
    QuietStores.until(() -> events.waiting() >= 1024, "what was kept for it");
    assertThat(events.waiting()).isEqualTo(1024);
    assertThat(events.next()).isEqualTo(new Stored(key("a"), 1));
    for (int i = 1; i < 1024; i++) {
      events.next();
    }

    Chunks.put(store, "b", 2);

    assertThat(events.next()).isEqualTo(new Stored(key("b"), 2));
    events.cancel();
  }

  @Test
  void statusCountsWhatWasStoredAndServed() {
    ReactiveChunkStore store = openBlocks(4);
    Chunks.putAll(store, chunksOf("c", 4, BLOCK));
    assertRestores(store, BLOCK, "c0", "c1");
    store.restoreAll(keys("c2", "absent", "c3")).block(SOON).close();
    store.borrowPrefix(keys("c0", "absent")).block(SOON).close();
    Chunks.put(store, "n", SMALL);
    store.remove(key("c2")).block(SOON);
    QuietStores.awaitQuiet(store);

    StoreStatus status = QuietStores.statusOf(store);

    // A server sends from where chunks lie, and copies none.
    long restoredBytes = setup.isRemote() ? 0 : 4 * BLOCK;
    assertThat(status.counters())
        .isEqualTo(new StoreStatus.Counters(5, 1, 1, 0, 0, 0, 5, 2, restoredBytes, 0));
    assertThat(status.arena())
        .isEqualTo(new StoreStatus.Arena(4 * BLOCK, BLOCK, BLOCK, 1, 0, 3, 2 * BLOCK + SMALL));
    assertThat(status.device().bytes())
        .isBetween(4L * BLOCK, 5L * BLOCK + StoreSpec.FILE_HEAD_BYTES);
    assertThat(status.isQuiet()).isTrue();
  }

  @NotRemote(NotRemote.SENT_WITHOUT_A_COPY)
  @Test
  void statusShowsWhoHoldsWhat() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = spec().copies(copies).open();
    Chunks.putAll(store, chunksOf("c", 3, BLOCK));
    try (var _ = store.pinPrefix(keysOf("c", 2)).block(SOON);
        var _ = store.borrowPrefix(keysOf("c", 3)).block(SOON);
        var _ = store.restoreAll(keys("c0")).block(SOON)) {
      copies.hold();
      var put = SlowSubscriber.to(store.put(chunk("n", 2 * BLOCK)), 1);
      SlowSubscriber<RestoredBatch> restore =
          SlowSubscriber.to(store.restoreAll(keysOf("c", 3)), 1);
      copies.awaitHeld(2);

      StoreStatus status = QuietStores.statusOf(store);
      copies.passAll();
      assertThat(put.next()).isInstanceOf(PutOutcome.Stored.class);
      restore.next().close();

      StoreStatus.Readers readers = status.readers();
      assertThat(readers.sessions()).isEqualTo(2);
      assertThat(readers.regionsInFlight()).isEqualTo(2);
      assertThat(readers.reservations()).isEqualTo(1);
      assertThat(readers.leases()).isEqualTo(6);
      assertThat(readers.oldestLeaseAge()).isGreaterThan(Duration.ZERO);
      assertThat(readers.pinnedChunks()).isEqualTo(2);
      assertThat(readers.handlesOut()).isEqualTo(3);
      assertThat(status.outputs().chunksOut()).isEqualTo(4);
      assertThat(status.outputs().freeBytes()).isEqualTo(status.outputs().bytes() - 4 * BLOCK);
      assertThat(status.isQuiet()).isFalse();
    }
  }
}
