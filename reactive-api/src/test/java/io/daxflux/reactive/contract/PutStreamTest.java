package io.daxflux.reactive.contract;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.chunk;
import static io.daxflux.reactive.Chunks.chunksOf;
import static io.daxflux.reactive.Chunks.key;
import static io.daxflux.reactive.Chunks.keysOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.CopyControl;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.SlowSubscriber;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutOutcome.Stored;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.publisher.TestPublisher;

/** Puts of streams. */
class PutStreamTest extends StoreContract {
  @Test
  void outcomesComeInTheOrderOfTheSource() {
    ReactiveChunkStore store = open();

    List<PutOutcome> outcomes =
        store
            .putAll(Flux.fromIterable(chunksOf("c", 100, 2000)), PutMode.KEEP_EXISTING)
            .collectList()
            .block(SOON);

    assertThat(outcomes).hasSize(100).allMatch(Stored.class::isInstance);
    assertThat(outcomes.stream().map(PutOutcome::key)).isEqualTo(keysOf("c", 100));
    assertRestores(store, 2000, "c0", "c50", "c99");
  }

  @NotRemote(NotRemote.SENT_WITHOUT_A_COPY)
  @Test
  void streamedChunksLieBehindEachOther() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = spec().copies(copies).open();
    store.putAll(Flux.fromIterable(chunksOf("c", 8, BLOCK)), PutMode.KEEP_EXISTING).blockLast(SOON);
    int puts = copies.begun().size();

    store.restoreAll(keysOf("c", 8)).block(SOON).close();

    assertThat(copies.begun().subList(puts, copies.begun().size()))
        .singleElement()
        .satisfies(region -> assertThat(region.spans()).hasSize(1));
  }

  @Test
  void slowStoreSlowsItsSourceDown() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = spec().copies(copies).open();
    copies.hold();
    int[] taken = new int[1];
    Flux<Chunk> source = Flux.fromIterable(chunksOf("c", 100, 100)).doOnNext(_ -> taken[0]++);

    SlowSubscriber<PutOutcome> put =
        SlowSubscriber.to(store.putAll(source, PutMode.KEEP_EXISTING), Long.MAX_VALUE);
    copies.awaitHeld(2);

    assertThat(taken[0]).as("two for each of two regions").isEqualTo(4);
    copies.passAll();
    for (int i = 0; i < 100; i++) {
      put.next();
    }
    put.awaitComplete();
  }

  @Test
  void errorOfTheSourceIsPassedOnBehindWhatCameBeforeIt() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = spec().copies(copies).open();
    TestPublisher<Chunk> source = TestPublisher.create();
    copies.hold();
    SlowSubscriber<PutOutcome> put =
        SlowSubscriber.to(store.putAll(source.flux(), PutMode.KEEP_EXISTING), Long.MAX_VALUE);
    source.next(chunk("a", 100), chunk("b", 100));
    copies.awaitHeld(2);

    source.error(new IllegalStateException("no more"));
    copies.passAll();

    assertThat(put.next()).isEqualTo(new Stored(key("a"), 100));
    assertThat(put.next()).isEqualTo(new Stored(key("b"), 100));
    assertThat(put.awaitError(IllegalStateException.class)).hasMessage("no more");
    assertRestores(store, 100, "a", "b");
  }

  @Test
  void cancelCancelsTheSourceAndThePutsUnderWay() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = spec().copies(copies).open();
    TestPublisher<Chunk> source = TestPublisher.create();
    copies.hold();
    SlowSubscriber<PutOutcome> put =
        SlowSubscriber.to(store.putAll(source.flux(), PutMode.KEEP_EXISTING), Long.MAX_VALUE);
    source.next(chunk("a", 100), chunk("b", 100));
    copies.awaitHeld(2);

    put.cancel();
    source.assertCancelled();
    // Behind the cancels, wherever the store is.
    store.count().block(SOON);
    copies.passAll();
    QuietStores.awaitQuiet(store);

    assertThat(present(store, "a", "b")).isEmpty();
  }
}
