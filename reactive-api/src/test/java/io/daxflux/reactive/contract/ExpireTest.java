package io.daxflux.reactive.contract;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.bytesOf;
import static io.daxflux.reactive.Chunks.key;
import static io.daxflux.reactive.Chunks.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.Parts;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.Setup;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.ChunkWriter;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.StoreEvent;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Chunks that expire, by a clock that the test moves. */
class ExpireTest extends StoreContract {
  private static final long NOON_MS = Duration.ofDays(20_000).toMillis();

  private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();

  private ReactiveChunkStore openAtNoon() {
    clock.advanceTimeBy(Duration.ofMillis(NOON_MS));
    return spec().keepTimeOn(clock).open();
  }

  private static void putExpiring(ReactiveChunkStore store, String name, long expiresAtMs) {
    Chunks.putAll(
        store,
        List.of(
            Chunk.builder(key(name), ChunkLayout.blob(5000))
                .payload(MemorySegment.ofArray(bytesOf(name, 5000)))
                .expiringAt(expiresAtMs)
                .build()));
  }

  /** Moves the clock until the chunk was removed: the alarm is set on the store's thread. */
  private void awaitRemoved(ReactiveChunkStore store, long chunksLeft) {
    QuietStores.until(
        () -> {
          clock.advanceTimeBy(Duration.ofMillis(1));
          return QuietStores.statusOf(store).arena().chunks() == chunksLeft;
        },
        "an expired chunk to be removed");
  }

  @Test
  void chunkIsServedUpToItsTimeAndRemovedSoonAfter() {
    ReactiveChunkStore store = openAtNoon();
    List<StoreEvent> events = new CopyOnWriteArrayList<>();
    Disposable listening = store.events().subscribe(events::add);
    putExpiring(store, "a", NOON_MS + 10_000);
    putExpiring(store, "b", NOON_MS + 20_000);

    clock.advanceTimeBy(Duration.ofMillis(9_999));
    assertRestores(store, 5000, "a", "b");
    clock.advanceTimeBy(Duration.ofMillis(1));

    assertThat(store.contains(key("a")).block(SOON)).isFalse();
    awaitRemoved(store, 1);
    assertRestores(store, 5000, "b");
    assertThat(QuietStores.statusOf(store).counters().expired()).isEqualTo(1);
    QuietStores.until(() -> events.contains(new StoreEvent.Expired(key("a"), 5000)), "the event");
    listening.dispose();
  }

  @Test
  void readOfAChunkWhoseTimeIsOverIsAHole() {
    ReactiveChunkStore store = openAtNoon();
    putExpiring(store, "a", NOON_MS);
    Chunks.put(store, "b", 5000);

    try (RestoredBatch batch = store.restoreAll(keys("a", "b")).block(SOON);
        BorrowedPrefix prefix = store.borrowPrefix(keys("b", "a")).block(SOON)) {
      assertThat(batch.holes()).hasSize(1);
      assertThat(batch.holes().getFirst().reason().name()).isIn("EXPIRED", "ABSENT");
      assertThat(batch.hits()).hasSize(1);
      assertThat(prefix.chunks()).hasSize(1);
    }
  }

  @Test
  void expireChangesTheTimeOfWhatIsThere() {
    ReactiveChunkStore store = openAtNoon();
    putExpiring(store, "sooner", NOON_MS + 50_000);
    putExpiring(store, "never", NOON_MS + 10_000);
    Chunks.put(store, "once", 5000);

    assertThat(store.expire(key("sooner"), NOON_MS + 1).block(SOON)).isTrue();
    assertThat(store.expire(key("once"), NOON_MS + 10_000).block(SOON)).isTrue();
    assertThat(store.expire(key("never"), ChunkHead.NEVER).block(SOON)).isTrue();
    assertThat(store.expire(key("absent"), NOON_MS + 1).block(SOON)).isFalse();

    clock.advanceTimeBy(Duration.ofMillis(5_000));
    assertThat(present(store, "sooner", "never", "once")).containsExactly("never", "once");
    clock.advanceTimeBy(Duration.ofMillis(5_000));
    assertThat(present(store, "sooner", "never", "once")).containsExactly("never");
    awaitRemoved(store, 1);
  }

  @Test
  void chunkThatCameInPartsExpires() {
    ReactiveChunkStore store = openAtNoon();
    ChunkHead head = Parts.head("a", 5000).expiringAt(NOON_MS + 10);
    Parts.writeAll(Parts.start(store, head, PutMode.REPLACE), 5000).commit().block(SOON);

    assertThat(store.contains(key("a")).block(SOON)).isTrue();
    clock.advanceTimeBy(Duration.ofMillis(10));
    assertThat(store.contains(key("a")).block(SOON)).isFalse();
  }

  private static void putRevised(ReactiveChunkStore store, String name, long saidMs, long laterMs) {
    ChunkHead head = Parts.head(name, 5000).expiringAt(saidMs);
    ChunkWriter writer = Parts.writeAll(Parts.start(store, head, PutMode.REPLACE), 5000);
    writer.revise(PutMode.REPLACE, laterMs);
    writer.commit().block(SOON);
  }

  @Test
  void timeThatIsSaidBehindThePartsHoldsInPlaceOfTheHeads() {
    ReactiveChunkStore store = openAtNoon();
    putRevised(store, "sooner", NOON_MS + 1000, NOON_MS + 10);
    putRevised(store, "never", NOON_MS + 10, ChunkHead.NEVER);
    putRevised(store, "once", ChunkHead.NEVER, NOON_MS + 10);

    clock.advanceTimeBy(Duration.ofMillis(9));
    assertThat(present(store, "sooner", "never", "once")).hasSize(3);
    clock.advanceTimeBy(Duration.ofMillis(1));
    assertThat(present(store, "sooner", "never", "once")).containsExactly("never");
    awaitRemoved(store, 1);
  }

  @Test
  void replacingAChunkTakesItsTimeAway() {
    ReactiveChunkStore store = openAtNoon();
    putExpiring(store, "a", NOON_MS + 10);
    put(store, PutMode.REPLACE, Chunks.chunk("a", 600));
    clock.advanceTimeBy(Duration.ofMillis(10));

    assertRestores(store, 600, "a");
  }

  @Test
  void timesAreFoundAgainAsTheyWereLastChanged() {
    Assumptions.assumeTrue(setup == Setup.FILE_DIRECT || setup == Setup.FILE_STAGED);
    Path file = stores.newFile();
    clock.advanceTimeBy(Duration.ofMillis(NOON_MS));
    ReactiveChunkStore store = spec().keepTimeOn(clock).file(file).open();
    for (String name : List.of("over", "later", "prolonged", "shortened", "unending")) {
      putExpiring(store, name, NOON_MS + (name.equals("over") ? 10 : 1000));
    }
    putRevised(store, "revised", NOON_MS + 5000, NOON_MS + 10);
    Chunks.put(store, "small", 9);
    store.expire(key("small"), NOON_MS + 10).block(SOON);
    store.expire(key("shortened"), NOON_MS + 10).block(SOON);
    store.expire(key("prolonged"), NOON_MS + 5000).block(SOON);
    store.expire(key("unending"), ChunkHead.NEVER).block(SOON);
    store.close().block(SOON);

    clock.advanceTimeBy(Duration.ofMillis(10));
    ReactiveChunkStore again = spec().keepTimeOn(clock).file(file).open();

    assertThat(QuietStores.statusOf(again).media().dropped()).isEqualTo(4);
    assertThat(present(again, "over", "small", "shortened", "later", "prolonged", "unending"))
        .containsExactly("later", "prolonged", "unending");
    clock.advanceTimeBy(Duration.ofMillis(990));
    awaitRemoved(again, 2);
    assertThat(present(again, "later", "prolonged", "unending"))
        .containsExactly("prolonged", "unending");
  }

  @Test
  void timeBeyondAllBoundsIsRefusedAtTheCall() {
    ReactiveChunkStore store = open();
    for (long time : new long[] {-1, ChunkHead.MOST_EXPIRES_AT_MS + 1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store.expire(key("a"), time))
          .withMessage("expiry: expected 0 to 2^48 - 1 milliseconds of the epoch, found " + time);
      try (ChunkWriter writer = Parts.start(store, Parts.head("a", 5000), PutMode.REPLACE)) {
        assertThatIllegalArgumentException().isThrownBy(() -> writer.revise(PutMode.REPLACE, time));
      }
    }
  }
}
