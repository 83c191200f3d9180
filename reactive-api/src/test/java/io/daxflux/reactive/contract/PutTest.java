package io.daxflux.reactive.contract;

import static io.daxflux.reactive.Chunks.SMALL;
import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.assertBytes;
import static io.daxflux.reactive.Chunks.assertSame;
import static io.daxflux.reactive.Chunks.bytesOf;
import static io.daxflux.reactive.Chunks.chunk;
import static io.daxflux.reactive.Chunks.chunksOf;
import static io.daxflux.reactive.Chunks.key;
import static io.daxflux.reactive.Chunks.keys;
import static io.daxflux.reactive.Chunks.keysOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.CopyControl;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.SlowSubscriber;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutOutcome.AlreadyPresent;
import io.daxflux.reactive.outcome.PutOutcome.NoSpace;
import io.daxflux.reactive.outcome.PutOutcome.Stored;
import io.daxflux.reactive.outcome.PutOutcome.TooLarge;
import io.daxflux.reactive.outcome.PutOutcome.Withdrawn;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Puts of lists: outcomes, modes, and where chunks come to lie. */
class PutTest extends StoreContract {
  @Test
  void chunkThatIsThereIsKept() {
    ReactiveChunkStore store = open();
    Chunks.put(store, "a", 5000);

    assertThat(put(store, Chunk.blob(key("a"), new byte[7])))
        .isEqualTo(new AlreadyPresent(key("a")));

    assertRestores(store, 5000, "a");
  }

  @Test
  void chunkThatIsThereIsReplacedWhereAskedFor() {
    ReactiveChunkStore store = open();
    Chunks.put(store, "a", 100_000);
    byte[] newer = bytesOf("newer", 7);

    assertThat(put(store, PutMode.REPLACE, Chunk.blob(key("a"), newer)))
        .containsExactly(new Stored(key("a"), 7));

    try (RestoredBatch batch = store.restoreAll(keys("a")).block(SOON)) {
      assertSame(batch.hits().getFirst().segment(), newer);
    }
  }

  @Test
  void replacingFreesTheOldPlace() {
    ReactiveChunkStore store = openBlocks(4);
    for (int i = 0; i < 20; i++) {
      assertThat(put(store, PutMode.REPLACE, chunk("a", 2 * BLOCK)).getFirst())
          .isInstanceOf(Stored.class);
    }
    assertThat(store.status().block(SOON).arena().freeBytes()).isEqualTo(2 * BLOCK);
  }

  @Test
  void keyTwiceInOneListIsStoredOnceAndKept() {
    ReactiveChunkStore store = open();

    List<PutOutcome> outcomes =
        put(
            store,
            PutMode.KEEP_EXISTING,
            chunk("a", 5000),
            chunk("b", 10),
            Chunk.blob(key("a"), new byte[9]));

    assertThat(outcomes)
        .containsExactly(
            new Stored(key("a"), 5000), new Stored(key("b"), 10), new AlreadyPresent(key("a")));
    assertRestores(store, 5000, "a");
  }

  @Test
  void keyTwiceInOneListIsReplacedByTheLast() {
    ReactiveChunkStore store = open();
    byte[] last = bytesOf("last", 9);

    List<PutOutcome> outcomes =
        put(
            store,
            PutMode.REPLACE,
            chunk("a", 5000),
            Chunk.blob(key("a"), new byte[0]),
            Chunk.blob(key("a"), last));

    assertThat(outcomes)
        .containsExactly(
            new Stored(key("a"), 5000), new Stored(key("a"), 0), new Stored(key("a"), 9));
    try (RestoredBatch batch = store.restoreAll(keys("a")).block(SOON)) {
      assertSame(batch.hits().getFirst().segment(), last);
    }
    assertThat(store.status().block(SOON).arena().chunks()).isEqualTo(1);
  }

  @Test
  void chunkThatFailsDoesNotHarmTheOthersOfItsList() {
    ReactiveChunkStore store = openBlocks(4);
    Chunks.put(store, "here", SMALL);
    try (var _ = store.pinPrefix(keys("here")).block(SOON)) {
      List<PutOutcome> outcomes =
          put(
              store,
              PutMode.KEEP_EXISTING,
              chunk("a", BLOCK),
              chunk("large", 5 * BLOCK),
              chunk("here", SMALL),
              chunk("wide", 4 * BLOCK),
              chunk("b", BLOCK));

      assertThat(outcomes)
          .containsExactly(
              new Stored(key("a"), BLOCK),
              new TooLarge(key("large"), 5 * BLOCK, 4 * BLOCK),
              new AlreadyPresent(key("here")),
              new NoSpace(key("wide"), 4 * BLOCK, 2 * BLOCK, 2 * BLOCK),
              new Stored(key("b"), BLOCK));
    }
  }

  @NotRemote(NotRemote.SENT_WITHOUT_A_COPY)
  @Test
  void chunksOfOneListLieSideBySide() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = spec().copies(copies).open();
    Chunks.putAll(store, chunksOf("c", 8, 2 * BLOCK));
    int puts = copies.begun().size();

    store.restoreAll(keysOf("c", 8)).block(SOON).close();

    assertThat(copies.begun().subList(puts, copies.begun().size()))
        .allSatisfy(region -> assertThat(region.spans()).hasSize(1));
  }

  @NotRemote(NotRemote.SENT_WITHOUT_A_COPY)
  @Test
  void chunkPutAfterItsPredecessorLiesBehindIt() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = spec().copies(copies).open();
    Chunks.put(store, "elsewhere", 1);
    Chunks.put(store, "c0", BLOCK);
    put(
        store,
        Chunk.builder(key("c1"), ChunkLayout.blob(BLOCK))
            .payload(MemorySegment.ofArray(bytesOf("c1", BLOCK)))
            .after(key("c0"))
            .build());
    int puts = copies.begun().size();

    assertRestores(store, BLOCK, "c0", "c1");

    assertThat(copies.begun().subList(puts, copies.begun().size()))
        .singleElement()
        .satisfies(region -> assertThat(region.spans()).hasSize(1));
  }

  @Test
  void putIsVisibleOnceItIsToldAndNotBefore() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = spec().copies(copies).open();
    copies.hold();

    SlowSubscriber<PutOutcome> put = SlowSubscriber.to(store.put(chunk("a", 100)), 1);
    copies.awaitHeld(1);
    assertThat(present(store, "a")).isEmpty();
    assertThat(store.restoreAll(keys("a")).block(SOON).holes()).hasSize(1);
    copies.passAll();

    assertThat(put.next()).isEqualTo(new Stored(key("a"), 100));
    assertThat(present(store, "a")).containsExactly("a");
    put.awaitComplete();
  }

  @NotRemote(NotRemote.PUT_AS_BY_WRITERS)
  @Test
  void putOfKeyThatIsBeingWrittenWaitsItsTurn() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = spec().copies(copies).open();
    copies.hold();
    SlowSubscriber<PutOutcome> first = SlowSubscriber.to(store.put(chunk("a", 100)), 1);
    copies.awaitHeld(1);

    SlowSubscriber<PutOutcome> second = SlowSubscriber.to(store.put(chunk("a", 100)), 1);
    SlowSubscriber<PutOutcome> third =
        SlowSubscriber.to(store.putAll(List.of(chunk("a", 100)), PutMode.REPLACE), 1);
    assertThat(store.status().block(SOON).readers().sessions()).isEqualTo(3);
    copies.passAll();

    assertThat(first.next()).isInstanceOf(Stored.class);
    assertThat(second.next()).isInstanceOf(AlreadyPresent.class);
    assertThat(third.next()).isInstanceOf(Stored.class);
  }

  @NotRemote(NotRemote.PUT_AS_BY_WRITERS)
  @Test
  void putThatFollowsCancelledOneIsStored() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = spec().copies(copies).open();
    copies.hold();
    SlowSubscriber<PutOutcome> cancelled =
        SlowSubscriber.to(store.put(Chunk.blob(key("a"), new byte[100])), 1);
    copies.awaitHeld(1);

    SlowSubscriber<PutOutcome> second = SlowSubscriber.to(store.put(chunk("a", 100)), 1);
    cancelled.cancel();
    copies.passAll();

    assertThat(second.next()).isEqualTo(new Stored(key("a"), 100));
    assertRestores(store, 100, "a");
  }

  @NotRemote(NotRemote.PUT_AS_BY_WRITERS)
  @Test
  void removingKeyThatIsBeingWrittenWithdrawsThePut() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = spec().copies(copies).open();
    copies.hold();
    SlowSubscriber<PutOutcome> put = SlowSubscriber.to(store.put(chunk("a", 100)), 1);
    copies.awaitHeld(1);

    assertThat(store.remove(key("a")).block(SOON)).isTrue();
    assertThat(store.remove(key("a")).block(SOON)).isFalse();
    SlowSubscriber<PutOutcome> later = SlowSubscriber.to(store.put(chunk("a", 100)), 1);
    copies.passAll();

    assertThat(put.next()).isEqualTo(new Withdrawn(key("a")));
    assertThat(later.next()).isEqualTo(new Stored(key("a"), 100));
  }

  @NotRemote(NotRemote.PUT_AS_BY_WRITERS)
  @Test
  void removingKeyThatIsBeingReplacedRemovesBoth() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = spec().copies(copies).open();
    Chunks.put(store, "a", 5000);
    copies.hold();
    SlowSubscriber<PutOutcome> put =
        SlowSubscriber.to(store.putAll(List.of(chunk("a", 100)), PutMode.REPLACE), 1);
    copies.awaitHeld(1);

    assertThat(store.remove(key("a")).block(SOON)).isTrue();
    copies.passAll();

    assertThat(put.next()).isEqualTo(new Withdrawn(key("a")));
    assertThat(present(store, "a")).isEmpty();
  }

  @NotRemote(NotRemote.SENT_WITHOUT_A_COPY)
  @Test
  void chunkThatIsBeingReadIsReplacedAndReadToItsEnd() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = spec().copies(copies).open();
    Chunks.put(store, "a", 5000);
    copies.hold();
    SlowSubscriber<RestoredChunk> reader = SlowSubscriber.to(store.restorePrefix(keys("a")), 1);
    copies.awaitHeld(1);
    SlowSubscriber<PutOutcome> put =
        SlowSubscriber.to(
            store.putAll(List.of(Chunk.blob(key("a"), new byte[5000])), PutMode.REPLACE), 1);
    copies.awaitHeld(2);
    copies.pass(2);

    assertThat(put.next()).isInstanceOf(Stored.class);
    try (RestoredChunk chunk = reader.next()) {
      assertBytes(chunk.segment(), "a", 5000);
    }
    copies.passAll();
    try (RestoredBatch batch = store.restoreAll(keys("a")).block(SOON)) {
      assertSame(batch.hits().getFirst().segment(), new byte[5000]);
    }
  }

  @NotRemote(NotRemote.TOLD_WHEN_COMMITTED)
  @Test
  void acceptedPutIsToldBeforeItIsVisible() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = spec().copies(copies).with(config -> config.asyncPut(true)).open();
    copies.hold();

    PutOutcome outcome = store.put(chunk("a", 100)).block(SOON);

    assertThat(outcome).isEqualTo(new PutOutcome.Accepted(key("a"), 100));
    assertThat(present(store, "a")).isEmpty();
    copies.passAll();
    QuietStores.awaitQuiet(store);
    assertRestores(store, 100, "a");
  }

  @NotRemote(NotRemote.TOLD_WHEN_COMMITTED)
  @Test
  void acceptedPutIsStoredAlthoughItsSubscriberCancels() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = spec().copies(copies).with(config -> config.asyncPut(true)).open();
    copies.hold();
    SlowSubscriber<PutOutcome> put =
        SlowSubscriber.to(
            store.putAll(List.of(chunk("a", 100), chunk("b", 100)), PutMode.KEEP_EXISTING), 1);
    put.next();

    put.cancel();
    copies.passAll();
    QuietStores.awaitQuiet(store);

    assertRestores(store, 100, "a", "b");
  }

  @NotRemote(NotRemote.TOLD_WHEN_COMMITTED)
  @Test
  void acceptedPutThatIsRemovedComesToNothingAndIsLogged() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = spec().copies(copies).with(config -> config.asyncPut(true)).open();
    copies.hold();
    store.put(chunk("a", 100)).block(SOON);
    stores.expectLog("a put was accepted and then came to nothing: Withdrawn[key=a]");

    assertThat(store.remove(key("a")).block(SOON)).isTrue();
    copies.passAll();
    QuietStores.awaitQuiet(store);

    assertThat(present(store, "a")).isEmpty();
  }
}
