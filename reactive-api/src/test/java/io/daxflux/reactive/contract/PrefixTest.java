package io.daxflux.reactive.contract;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.assertBytes;
import static io.daxflux.reactive.Chunks.chunksOf;
import static io.daxflux.reactive.Chunks.keys;
import static io.daxflux.reactive.Chunks.keysOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.SlowSubscriber;
import io.daxflux.reactive.outcome.MissReason;
import io.daxflux.reactive.outcome.PrefixEnd;
import io.daxflux.reactive.outcome.PrefixEnd.Reason;
import io.daxflux.reactive.outcome.PrefixEvent;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Prefix restores: consecutive hits in order, no more than asked for, and why they end. */
class PrefixTest extends StoreContract {
  @Test
  void wholePrefixIsRestoredInOrder() {
    ReactiveChunkStore store = open();
    Chunks.putAll(store, chunksOf("c", 4, 5000));

    assertThat(explain(store, keysOf("c", 4))).isEqualTo(new PrefixEnd(4, Reason.WHOLE, null));
  }

  @Test
  void prefixEndsAtTheFirstMissThoughLaterChunksAreThere() {
    ReactiveChunkStore store = open();
    Chunks.put(store, "c0", 100);
    Chunks.put(store, "c2", 100);

    assertThat(explain(store, keysOf("c", 3)))
        .isEqualTo(new PrefixEnd(1, Reason.MISS, MissReason.ABSENT));
    assertThat(store.prefixLength(keysOf("c", 3)).block(SOON)).isEqualTo(1);
    try (var borrowed = store.borrowPrefix(keysOf("c", 3)).block(SOON);
        var pinned = store.pinPrefix(keysOf("c", 3)).block(SOON)) {
      assertThat(borrowed.chunks()).hasSize(1);
      assertThat(pinned.keys()).isEqualTo(keys("c0"));
    }
  }

  @Test
  void prefixOfNothingSaysWhy() {
    ReactiveChunkStore store = open();
    assertThat(explain(store, keys("absent")))
        .isEqualTo(new PrefixEnd(0, Reason.MISS, MissReason.ABSENT));
    assertThat(explain(store, List.of())).isEqualTo(new PrefixEnd(0, Reason.WHOLE, null));
  }

  @Test
  void withRetrievalOffThePrefixIsEmptyAndSaysSo() {
    ReactiveChunkStore store = spec().with(config -> config.retrieves(false)).open();
    Chunks.put(store, "a", 100);

    assertThat(explain(store, keys("a")))
        .isEqualTo(new PrefixEnd(0, Reason.MISS, MissReason.RETRIEVAL_OFF));
  }

  @Test
  void hitPrefixShorterThanTheLeastCountsAsNone() {
    ReactiveChunkStore store = openWithLeastTokens(513);
    Chunks.putAll(store, chunksOf("c", 2, 100));

    assertThat(explain(store, keysOf("c", 2))).isEqualTo(new PrefixEnd(0, Reason.TOO_SHORT, null));
    assertThat(explain(store, keysOf("c", 4))).isEqualTo(new PrefixEnd(0, Reason.TOO_SHORT, null));
    assertThat(store.prefixLength(keysOf("c", 4)).block(SOON)).isZero();
    try (var borrowed = store.borrowPrefix(keysOf("c", 4)).block(SOON);
        var pinned = store.pinPrefix(keysOf("c", 4)).block(SOON)) {
      assertThat(borrowed.chunks()).isEmpty();
      assertThat(pinned.keys()).isEmpty();
    }
  }

  @Test
  void hitPrefixAsLongAsTheLeastIsServed() {
    ReactiveChunkStore store = openWithLeastTokens(512);
    Chunks.putAll(store, chunksOf("c", 2, 100));

    assertThat(explain(store, keysOf("c", 4)))
        .isEqualTo(new PrefixEnd(2, Reason.MISS, MissReason.ABSENT));
    assertThat(store.prefixLength(keysOf("c", 4)).block(SOON)).isEqualTo(2);
  }

  @Test
  void leastTokensDoNotTurnAMissIntoSomethingElse() {
    assertThat(explain(openWithLeastTokens(512), keys("absent")))
        .isEqualTo(new PrefixEnd(0, Reason.MISS, MissReason.ABSENT));
  }

  @Test
  void leastTokensDoNotConcernPositionalRestores() {
    ReactiveChunkStore store = openWithLeastTokens(512);
    Chunks.put(store, "a", 100);

    assertRestores(store, 100, "a");
  }

  @Test
  void chunkLargerThanTheWholeBudgetEndsThePrefixAtOnce() {
    ReactiveChunkStore store = spec().outputs(2 * BLOCK).open();
    Chunks.put(store, "c0", BLOCK);
    Chunks.put(store, "c1", 3 * BLOCK);

    assertThat(explain(store, keysOf("c", 2)))
        .isEqualTo(new PrefixEnd(1, Reason.OUTPUT_BUDGET, null));
  }

  @Test
  void collectingBeyondTheBudgetEndsWithThePrefixThatFits() {
    ReactiveChunkStore store = spec().outputs(3 * BLOCK).open();
    Chunks.putAll(store, chunksOf("c", 5, BLOCK));

    List<PrefixEvent> events = store.explainPrefix(keysOf("c", 5)).collectList().block(SOON);

    assertThat(events).hasSize(4);
    assertThat(events.getLast()).isEqualTo(new PrefixEnd(3, Reason.OUTPUT_BUDGET, null));
    events.subList(0, 3).forEach(event -> ((RestoredChunk) event).close());
  }

  @Test
  void streamLongerThanTheBudgetIsWholeWhereItsSubscriberGivesBack() {
    ReactiveChunkStore store = spec().outputs(3 * BLOCK).open();
    Chunks.putAll(store, chunksOf("c", 50, BLOCK));

    assertThat(explain(store, keysOf("c", 50))).isEqualTo(new PrefixEnd(50, Reason.WHOLE, null));
  }

  @NotRemote("small chunks are leased and given back in groups")
  @Test
  void noMoreMemoryIsTakenThanWasAskedFor() {
    ReactiveChunkStore store = open();
    Chunks.putAll(store, chunksOf("c", 5, BLOCK));

    SlowSubscriber<RestoredChunk> subscriber =
        SlowSubscriber.to(store.restorePrefix(keysOf("c", 5)), 2);
    RestoredChunk first = subscriber.next();
    RestoredChunk second = subscriber.next();
    assertThat(QuietStores.statusOf(store).outputs().chunksOut()).isEqualTo(2);
    first.close();
    second.close();
    awaitOutputs(store, 0);
    subscriber.request(1);
    subscriber.next().close();
    awaitOutputs(store, 0);
    assertThat(QuietStores.statusOf(store).readers().leases()).isEqualTo(2);
    subscriber.request(2);
    subscriber.next().close();
    subscriber.next().close();
    subscriber.awaitComplete();
  }

  private static void awaitOutputs(ReactiveChunkStore store, int count) {
    QuietStores.until(
        () -> QuietStores.statusOf(store).outputs().chunksOut() == count, count + " outputs");
  }

  @Test
  void leasesReachNoFurtherAheadThanOneStreamMay() {
    ReactiveChunkStore store =
        spec().arena(40L * BLOCK).with(config -> config.streamArenaShare(0.1)).open();
    Chunks.putAll(store, chunksOf("c", 20, BLOCK));

    SlowSubscriber<RestoredChunk> subscriber =
        SlowSubscriber.to(store.restorePrefix(keysOf("c", 20)), 1);
    subscriber.next().close();
    assertThat(QuietStores.statusOf(store).readers().leases()).isBetween(3, 5);
    subscriber.request(19);
    for (int i = 1; i < 20; i++) {
      try (RestoredChunk chunk = subscriber.next()) {
        assertBytes(chunk.segment(), "c" + i, BLOCK);
      }
    }
    subscriber.awaitComplete();
  }

  private ReactiveChunkStore openWithLeastTokens(int tokens) {
    return spec().with(config -> config.minRetrieveTokens(tokens)).open();
  }

  /** Restores a prefix, closes its chunks and returns its end. */
  private static PrefixEnd explain(ReactiveChunkStore store, List<ChunkKey> keys) {
    int[] next = new int[1];
    PrefixEvent last =
        store
            .explainPrefix(keys)
            .doOnNext(
                event -> {
                  if (event instanceof RestoredChunk chunk) {
                    assertThat(chunk.index()).isEqualTo(next[0]++);
                    assertThat(chunk.key()).isEqualTo(keys.get(chunk.index()));
                    chunk.close();
                  }
                })
            .blockLast(SOON);
    return (PrefixEnd) last;
  }
}
