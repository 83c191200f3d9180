package io.daxflux.reactive.contract;

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
import io.daxflux.chunk.PutMode;
import io.daxflux.config.RestoreMode;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest extends StoreContract {
  /** More than a staging slot, and more than a region's share of a worker. */
  private static final int LARGE = (9 << 20) + 1;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511, 4095, 4096, 4097, 65_536, 300_007})
  void chunkOfAnyLengthComesBackByEveryWay(int length) {
    assertComesBack(open(), length);
  }

  @Test
  void chunkLargerThanStagingSlotComesBackByEveryWay() {
    assertComesBack(spec().arena(10 << 20).outputs(10 << 20).open(), LARGE);
  }

  private static void assertComesBack(ReactiveChunkStore store, int length) {
    assertThat(put(store, chunk("a", length))).isEqualTo(new PutOutcome.Stored(key("a"), length));
    try (RestoredBatch batch = store.restoreAll(keys("a")).block(SOON)) {
      assertBytes(batch.hits().getFirst().segment(), "a", length);
    }
    try (RestoredChunk chunk = store.restorePrefix(keys("a")).blockLast(SOON)) {
      assertBytes(chunk.segment(), "a", length);
    }
    try (BorrowedPrefix borrowed = store.borrowPrefix(keys("a")).block(SOON)) {
      assertBytes(borrowed.chunks().getFirst().segment(), "a", length);
    }
    MemorySegment target = MemorySegment.ofArray(new byte[length]);
    store.restoreInto(keys("a"), List.of(target)).block(SOON);
    assertBytes(target, "a", length);
  }

  @Test
  void manyChunksComeBackInTheirOrder() {
    ReactiveChunkStore store = open();
    Chunks.putAll(store, chunksOf("c", 200, 1000));

    List<RestoredChunk> prefix = store.restorePrefix(keysOf("c", 200)).collectList().block(SOON);

    assertThat(prefix).hasSize(200);
    for (int i = 0; i < 200; i++) {
      try (RestoredChunk chunk = prefix.get(i)) {
        assertThat(chunk.index()).isEqualTo(i);
        assertThat(chunk.key()).isEqualTo(key("c" + i));
        assertBytes(chunk.segment(), "c" + i, 1000);
      }
    }
  }

  @Test
  void chunksOfDifferentLengthsComeBackInOneRequest() {
    ReactiveChunkStore store = open();
    int[] lengths = {5000, 0, 1, 70_001, 4096, 0, 300_000};
    for (int i = 0; i < lengths.length; i++) {
      Chunks.put(store, "c" + i, lengths[i]);
    }

    try (RestoredBatch batch = store.restoreAll(keysOf("c", lengths.length)).block(SOON)) {
      for (int i = 0; i < lengths.length; i++) {
        assertBytes(batch.hits().get(i).segment(), "c" + i, lengths[i]);
      }
    }
    assertThat(
            store
                .restorePrefix(keysOf("c", lengths.length))
                .doOnNext(
                    chunk -> {
                      String name = "c" + chunk.index();
                      assertBytes(chunk.segment(), name, lengths[chunk.index()]);
                      chunk.close();
                    })
                .count()
                .block(SOON))
        .isEqualTo(lengths.length);
  }

  @Test
  void keyNamedTwiceInOneRequestComesBackTwice() {
    ReactiveChunkStore store = open();
    Chunks.put(store, "a", 5000);
    Chunks.put(store, "b", 5000);

    try (RestoredBatch batch = store.restoreAll(keys("a", "b", "a")).block(SOON)) {
      batch.hits().getFirst().segment().fill((byte) 0);
      assertBytes(batch.hits().get(1).segment(), "b", 5000);
      assertBytes(batch.hits().get(2).segment(), "a", 5000);
    }
    List<RestoredChunk> prefix = store.restorePrefix(keys("a", "a")).collectList().block(SOON);
    assertThat(prefix).hasSize(2);
    prefix.forEach(RestoredChunk::close);
  }

  @Test
  void writingToRestoredBytesLeavesTheStoreAsItIs() {
    ReactiveChunkStore store = open();
    Chunks.put(store, "a", 5000);

    try (RestoredChunk chunk = store.restorePrefix(keys("a")).blockLast(SOON)) {
      chunk.segment().fill((byte) 7);
    }

    assertRestores(store, 5000, "a");
  }

  @Test
  void restoredMemoryOfEarlierReaderIsNotSeenByTheNext() {
    ReactiveChunkStore store = spec().outputs(BLOCK).open();
    Chunks.put(store, "a", BLOCK);
    Chunks.put(store, "b", 100);

    assertRestores(store, BLOCK, "a");
    assertRestores(store, 100, "b");
  }

  @Test
  void restoringSwitchesTheWayAndKeepsTheBytes() {
    ReactiveChunkStore store = spec().arena(10 << 20).outputs(10 << 20).open();
    Chunks.put(store, "a", LARGE);

    for (var mode : RestoreMode.values()) {
      assertRestores(store.restoring(mode), LARGE, "a");
    }
  }

  @Test
  void requestForNothingIsAnsweredWithNothing() {
    ReactiveChunkStore store = open();

    assertThat(store.restorePrefix(List.of()).collectList().block(SOON)).isEmpty();
    assertThat(store.restoreAll(List.of()).block(SOON).outcomes()).isEmpty();
    assertThat(store.restoreInto(List.of(), List.of()).block(SOON)).isEmpty();
    assertThat(store.putAll(List.<Chunk>of(), PutMode.REPLACE).collectList().block(SOON)).isEmpty();
    assertThat(store.prefixLength(List.of()).block(SOON)).isZero();
    store.borrowPrefix(List.of()).block(SOON).close();
    store.pinPrefix(List.of()).block(SOON).close();
  }

  @Test
  void publisherServesEverySubscriberAnew() {
    ReactiveChunkStore store = open();
    var restore = store.restoreAll(keys("a"));
    assertThat(restore.block(SOON).holes()).hasSize(1);

    Chunks.put(store, "a", 100);

    for (int i = 0; i < 2; i++) {
      try (RestoredBatch batch = restore.block(SOON)) {
        assertSame(batch.hits().getFirst().segment(), bytesOf("a", 100));
      }
    }
  }
}
