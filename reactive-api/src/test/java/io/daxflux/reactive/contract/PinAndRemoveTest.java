package io.daxflux.reactive.contract;

import static io.daxflux.reactive.Chunks.SMALL;
import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.assertBytes;
import static io.daxflux.reactive.Chunks.chunk;
import static io.daxflux.reactive.Chunks.chunksOf;
import static io.daxflux.reactive.Chunks.key;
import static io.daxflux.reactive.Chunks.keys;
import static io.daxflux.reactive.Chunks.keysOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.CopyControl;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.SlowSubscriber;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.PinnedPrefix;
import io.daxflux.reactive.outcome.RestoredChunk;
import org.junit.jupiter.api.Test;

/** Pins guard against eviction and against nothing else; removal waits for nobody. */
class PinAndRemoveTest extends StoreContract {
  @Test
  void pinsOfOneChunkAreCounted() {
    ReactiveChunkStore store = openBlocks(2);
    Chunks.putAll(store, chunksOf("c", 2, BLOCK));
    PinnedPrefix first = store.pinPrefix(keys("c0")).block(SOON);
    PinnedPrefix second = store.pinPrefix(keys("c0")).block(SOON);

    first.close();
    first.close();
    Chunks.put(store, "n0", BLOCK);
    Chunks.put(store, "n1", BLOCK);

    assertThat(present(store, "c0")).containsExactly("c0");
    assertThat(QuietStores.statusOf(store).readers().pinnedChunks()).isEqualTo(1);
    second.close();
    QuietStores.awaitQuiet(store);
    assertThat(QuietStores.statusOf(store).readers().pinnedChunks()).isZero();
  }

  @Test
  void oldHandleCannotTouchNewerPinOfTheSameKey() {
    ReactiveChunkStore store = openBlocks(2);
    Chunks.put(store, "a", BLOCK);
    PinnedPrefix old = store.pinPrefix(keys("a")).block(SOON);
    put(store, PutMode.REPLACE, chunk("a", BLOCK));
    try (PinnedPrefix newer = store.pinPrefix(keys("a")).block(SOON)) {
      old.close();
      Chunks.put(store, "n0", BLOCK);
      Chunks.put(store, "n1", BLOCK);

      assertThat(present(store, "a")).containsExactly("a");
      assertThat(newer.keys()).isEqualTo(keys("a"));
    }
  }

  @Test
  void pinDoesNotGuardALaterChunkOfTheSameKey() {
    ReactiveChunkStore store = openBlocks(2);
    Chunks.put(store, "a", BLOCK);
    try (var _ = store.pinPrefix(keys("a")).block(SOON)) {
      store.remove(key("a")).block(SOON);
      Chunks.put(store, "a", BLOCK);

      Chunks.put(store, "wide", 2 * BLOCK);

      assertThat(present(store, "a")).isEmpty();
    }
  }

  @Test
  void removingPinnedChunkSucceedsAndFreesIt() {
    ReactiveChunkStore store = openBlocks(2);
    Chunks.put(store, "a", 2 * BLOCK);
    try (var _ = store.pinPrefix(keys("a")).block(SOON)) {
      assertThat(store.remove(key("a")).block(SOON)).isTrue();

      assertThat(present(store, "a")).isEmpty();
      assertThat(QuietStores.statusOf(store).arena().freeBytes()).isEqualTo(2 * BLOCK);
      assertThat(QuietStores.statusOf(store).readers().pinnedChunks()).isZero();
    }
  }

  @Test
  void removingTellsWhetherThereWasAnything() {
    ReactiveChunkStore store = open();
    Chunks.put(store, "a", 1);

    assertThat(store.remove(key("a")).block(SOON)).isTrue();
    assertThat(store.remove(key("a")).block(SOON)).isFalse();
    assertThat(store.remove(key("never")).block(SOON)).isFalse();
  }

  @NotRemote(NotRemote.SENT_WITHOUT_A_COPY)
  @Test
  void chunkThatIsRemovedWhileItIsReadIsReadToItsEnd() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store =
        spec().arena(4 * BLOCK).copies(copies).with(config -> config.streamArenaShare(1)).open();
    Chunks.putAll(store, chunksOf("c", 2, 2 * BLOCK));
    copies.hold();
    SlowSubscriber<RestoredChunk> reader =
        SlowSubscriber.to(store.restorePrefix(keysOf("c", 2)), 2);
    copies.awaitHeld(1);

    store.remove(key("c0")).block(SOON);
    store.remove(key("c1")).block(SOON);
    assertThat(QuietStores.statusOf(store).arena().freeBytes()).as("still read").isZero();
    assertThat(put(store, chunk("n", SMALL)).isKept()).isFalse();
    copies.passAll();

    for (int i = 0; i < 2; i++) {
      try (RestoredChunk chunk = reader.next()) {
        assertBytes(chunk.segment(), "c" + i, 2 * BLOCK);
      }
    }
    reader.awaitComplete();
    QuietStores.awaitQuiet(store);
    assertThat(QuietStores.statusOf(store).arena().freeBytes()).isEqualTo(4 * BLOCK);
  }

  @NotRemote(NotRemote.BORROW_IS_A_COPY)
  @Test
  void chunkThatIsRemovedWhileItIsBorrowedStaysReadableAndItsPlaceTaken() {
    ReactiveChunkStore store = openBlocks(2);
    Chunks.put(store, "a", 2 * BLOCK);
    try (BorrowedPrefix borrowed = store.borrowPrefix(keys("a")).block(SOON)) {
      store.remove(key("a")).block(SOON);

      assertThat(put(store, chunk("n", SMALL)).isKept()).isFalse();
      assertBytes(borrowed.chunks().getFirst().segment(), "a", 2 * BLOCK);
    }
    QuietStores.awaitQuiet(store);
    assertThat(put(store, chunk("n", SMALL)).isKept()).isTrue();
  }

  @Test
  void chunkThatIsReplacedWhileItIsBorrowedStaysReadable() {
    ReactiveChunkStore store = open();
    Chunks.put(store, "a", 5000);
    try (BorrowedPrefix old = store.borrowPrefix(keys("a")).block(SOON)) {
      put(store, PutMode.REPLACE, Chunk.blob(key("a"), new byte[5000]));

      assertBytes(old.chunks().getFirst().segment(), "a", 5000);
      try (BorrowedPrefix newer = store.borrowPrefix(keys("a")).block(SOON)) {
        Chunks.assertSame(newer.chunks().getFirst().segment(), new byte[5000]);
      }
    }
  }
}
