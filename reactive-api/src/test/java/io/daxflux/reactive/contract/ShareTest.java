package io.daxflux.reactive.contract;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.assertBytes;
import static io.daxflux.reactive.Chunks.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Restored chunks and who closes them. */
class ShareTest extends StoreContract {
  @Test
  void useAfterCloseFails() {
    RestoredChunk chunk = restoreOne(open());
    chunk.close();
    chunk.close();

    assertThatThrownBy(chunk::segment).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> chunk.tensor(0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(chunk::share)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("closed: RestoredChunk[0, a, 5000 bytes]");
  }

  @Test
  void memoryGoesBackWithTheLastOfItsOwners() {
    ReactiveChunkStore store = spec().outputs(2 * BLOCK).open();
    RestoredChunk first = restoreOne(store);
    RestoredChunk second = first.share();
    RestoredChunk third = second.share();

    first.close();
    first.close();
    second.close();

    assertBytes(third.segment(), "a", 5000);
    assertThat(QuietStores.statusOf(store).outputs().chunksOut()).isEqualTo(1);
    third.close();
    QuietStores.awaitQuiet(store);
  }

  @Test
  void ownersShowTheSameBytes() {
    RestoredChunk first = restoreOne(open());
    try (RestoredChunk second = first.share()) {
      first.segment().fill((byte) 3);
      first.close();

      Chunks.assertSame(second.segment(), filled((byte) 3));
      assertThat(second.key()).isEqualTo(first.key());
      assertThat(second.layout()).isEqualTo(first.layout());
      assertThat(second.attributes()).isEqualTo(first.attributes());
    }
  }

  @Test
  void chunkOutlivesItsBatchWhereItIsShared() {
    ReactiveChunkStore store = open();
    Chunks.put(store, "a", 5000);
    RestoredBatch batch = store.restoreAll(keys("a", "x", "a")).block(SOON);
    try (RestoredChunk kept = batch.hits().getFirst().share()) {
      batch.close();
      batch.close();

      assertBytes(kept.segment(), "a", 5000);
      assertThat(QuietStores.statusOf(store).outputs().chunksOut()).isEqualTo(1);
    }
  }

  @Test
  void chunkClosedBeforeItsBatchGivesItsMemoryBackAtOnce() {
    ReactiveChunkStore store = open();
    Chunks.put(store, "a", 5000);
    try (RestoredBatch batch = store.restoreAll(keys("a", "a")).block(SOON)) {
      batch.hits().getFirst().close();

      assertThat(QuietStores.statusOf(store).outputs().chunksOut()).isEqualTo(1);
    }
  }

  private static RestoredChunk restoreOne(ReactiveChunkStore store) {
    Chunks.put(store, "a", 5000);
    return store.restorePrefix(keys("a")).blockLast(SOON);
  }

  private static byte[] filled(byte value) {
    byte[] bytes = new byte[5000];
    Arrays.fill(bytes, value);
    return bytes;
  }
}
