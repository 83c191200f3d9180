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
import io.daxflux.config.CachePolicy;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.CopyControl;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.SlowSubscriber;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutOutcome.NoSpace;
import io.daxflux.reactive.outcome.PutOutcome.Stored;
import io.daxflux.reactive.outcome.RestoredBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who makes room, who never does, and what happens where nobody can. */
class EvictionTest extends StoreContract {
  @Test
  void coldestMakesRoomFirst() {
    ReactiveChunkStore store = openBlocks(4);
    Chunks.putAll(store, chunksOf("c", 4, BLOCK));
    assertRestores(store, BLOCK, "c0");
    store.restorePrefix(keys("c1")).blockLast(SOON).close();
    store.borrowPrefix(keys("c2")).block(SOON).close();

    Chunks.put(store, "n0", BLOCK);
    assertThat(present(store, "c0", "c1", "c2", "c3")).containsExactly("c0", "c1", "c2");
    Chunks.put(store, "n1", BLOCK);
    assertThat(present(store, "c0", "c1", "c2")).containsExactly("c1", "c2");
    Chunks.put(store, "n2", 2 * BLOCK);
    assertThat(present(store, "c1", "c2", "n0", "n1", "n2")).contains("n2").doesNotContain("c1");
  }

  @Test
  void lookingAtChunksDoesNotKeepThem() {
    ReactiveChunkStore store = openBlocks(2);
    Chunks.put(store, "a", BLOCK);
    Chunks.put(store, "b", BLOCK);
    store.contains(key("a")).block(SOON);
    store.prefixLength(keys("a")).block(SOON);
    store.pinPrefix(keys("a")).block(SOON).close();

    Chunks.put(store, "c", BLOCK);

    assertThat(present(store, "a", "b")).containsExactly("b");
  }

  @Test
  void policyIsTheConfiguredOne() {
    ReactiveChunkStore store =
        spec().arena(2 * BLOCK).with(config -> config.cachePolicy(CachePolicy.FIFO)).open();
    Chunks.put(store, "a", BLOCK);
    Chunks.put(store, "b", BLOCK);
    assertRestores(store, BLOCK, "a");

    Chunks.put(store, "c", BLOCK);

    assertThat(present(store, "a", "b")).containsExactly("b");
  }

  @Test
  void wholeArenaIsUsedBeforeAnythingIsEvicted() {
    ReactiveChunkStore store = openBlocks(64);

    Chunks.putAll(store, chunksOf("c", 64, BLOCK));

    assertThat(store.prefixLength(keysOf("c", 64)).block(SOON)).isEqualTo(64);
    assertThat(store.status().block(SOON).arena().freeBytes()).isZero();
  }

  @Test
  void runIsMadeWhereEnoughIsFreeButInPieces() {
    ReactiveChunkStore store = openBlocks(8);
    Chunks.putAll(store, chunksOf("c", 8, BLOCK));
    for (int i = 0; i < 8; i += 2) {
      store.remove(key("c" + i)).block(SOON);
    }
    assertThat(store.status().block(SOON).arena().largestRunBytes()).isEqualTo(BLOCK);

    Chunks.put(store, "wide", 3 * BLOCK);

    assertRestores(store, 3 * BLOCK, "wide");
    assertThat(present(store, "c1", "c3", "c5", "c7")).as("one neighbour went").hasSize(3);
    assertThat(store.status().block(SOON).arena().freeBytes()).isEqualTo(2 * BLOCK);
  }

  @Test
  void pinnedChunksStayAndOthersMakeRoom() {
    ReactiveChunkStore store = openBlocks(3);
    Chunks.putAll(store, chunksOf("c", 3, BLOCK));
    try (var _ = store.pinPrefix(keysOf("c", 2)).block(SOON)) {
      Chunks.put(store, "n0", BLOCK);
      Chunks.put(store, "n1", BLOCK);

      assertThat(present(store, "c0", "c1", "c2", "n0")).containsExactly("c0", "c1");
    }
    Chunks.put(store, "wide", 2 * BLOCK);
    assertThat(present(store, "c0", "c1", "n1", "wide")).contains("wide").hasSize(2);
  }

  @NotRemote(NotRemote.BORROW_IS_A_COPY)
  @Test
  void borrowedChunksStayAndOthersMakeRoom() {
    ReactiveChunkStore store = openBlocks(2);
    Chunks.putAll(store, chunksOf("c", 2, BLOCK));
    try (BorrowedPrefix borrowed = store.borrowPrefix(keys("c0")).block(SOON)) {
      Chunks.put(store, "n0", BLOCK);
      Chunks.put(store, "n1", BLOCK);

      assertThat(present(store, "c0", "c1", "n0")).containsExactly("c0");
      Chunks.assertBytes(borrowed.chunks().getFirst().segment(), "c0", BLOCK);
    }
  }

  @NotRemote(NotRemote.SENT_WITHOUT_A_COPY)
  @Test
  void chunkThatIsBeingReadStays() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = spec().arena(2 * BLOCK).copies(copies).open();
    Chunks.put(store, "a", BLOCK);
    copies.hold();
    SlowSubscriber<RestoredBatch> reader = SlowSubscriber.to(store.restoreAll(keys("a")), 1);
    copies.awaitHeld(1);

    PutOutcome refused = put(store, chunk("wide", 2 * BLOCK));

    assertThat(refused).isEqualTo(new NoSpace(key("wide"), 2 * BLOCK, BLOCK, BLOCK));
    copies.passAll();
    try (RestoredBatch batch = reader.next()) {
      Chunks.assertBytes(batch.hits().getFirst().segment(), "a", BLOCK);
    }
    assertThat(put(store, chunk("wide", 2 * BLOCK))).isInstanceOf(Stored.class);
  }

  @Test
  void chunkThatIsBeingWrittenStays() {
    CopyControl copies = new CopyControl();
    ReactiveChunkStore store = spec().arena(2 * BLOCK).copies(copies).open();
    copies.hold();
    SlowSubscriber<PutOutcome> writer = SlowSubscriber.to(store.put(chunk("a", BLOCK)), 1);
    copies.awaitHeld(1);

    assertThat(put(store, chunk("wide", 2 * BLOCK))).isInstanceOf(NoSpace.class);

    copies.passAll();
    assertThat(writer.next()).isInstanceOf(Stored.class);
  }

  @NotRemote(NotRemote.BORROW_IS_A_COPY)
  @Test
  void arenaFullOfHeldChunksRefusesAndRecovers() {
    ReactiveChunkStore store = openBlocks(4);
    Chunks.putAll(store, chunksOf("c", 4, BLOCK));
    try (var _ = store.pinPrefix(keys("c0", "c1")).block(SOON);
        var _ = store.borrowPrefix(keys("c2", "c3")).block(SOON)) {
      for (PutMode mode : List.of(PutMode.KEEP_EXISTING, PutMode.REPLACE)) {
        assertThat(put(store, mode, chunk("n", SMALL)))
            .containsExactly(new NoSpace(key("n"), BLOCK, 0, 0));
      }
      assertThat(put(store, PutMode.REPLACE, chunk("c0", SMALL)))
          .as("an older one of the same key is there until the newer is")
          .containsExactly(new NoSpace(key("c0"), BLOCK, 0, 0));
    }
    Chunks.put(store, "n", SMALL);
    assertRestores(store, SMALL, "n");
  }

  @Test
  void chunkAsLargeAsTheArenaIsStored() {
    ReactiveChunkStore store = openBlocks(4);
    Chunks.putAll(store, chunksOf("c", 4, BLOCK));

    Chunks.put(store, "all", 4 * BLOCK);

    assertRestores(store, 4 * BLOCK, "all");
    assertThat(put(store, chunk("more", 4 * BLOCK + 1)))
        .isEqualTo(new PutOutcome.TooLarge(key("more"), 4 * BLOCK + 1, 4 * BLOCK));
  }
}
