package io.daxflux.reactive.contract;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.bytesOf;
import static io.daxflux.reactive.Chunks.chunksOf;
import static io.daxflux.reactive.Chunks.key;
import static io.daxflux.reactive.Chunks.keys;
import static io.daxflux.reactive.Chunks.keysOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.DType;
import io.daxflux.chunk.KvFormat;
import io.daxflux.chunk.TensorLayout;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.Described;
import io.daxflux.reactive.outcome.Hole;
import io.daxflux.reactive.outcome.MissReason;
import io.daxflux.reactive.outcome.RequestTooLargeException;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.ScanPage;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Looks at what there is without restoring it, and removals of many. */
class LookTest extends StoreContract {
  private static final long FAR = 1L << 45;

  @Test
  void descriptionSaysAllThatWasPutButTheBytes() {
    ReactiveChunkStore store = open();
    ChunkLayout layout =
        ChunkLayout.of(
            TensorLayout.of(DType.BFLOAT16, KvFormat.KV_2LTD, 2, 3, 5, 7),
            TensorLayout.of(DType.INT8, KvFormat.BINARY, 4097));
    Attributes attributes = Attributes.of(bytesOf("attributes", 17));
    Chunks.putAll(
        store,
        List.of(
            Chunk.builder(key("a"), layout)
                .payload(MemorySegment.ofArray(bytesOf("a", (int) layout.bytes())))
                .attributes(attributes)
                .expiringAt(FAR)
                .build(),
            Chunks.chunk("b", 3)));

    assertThat(store.describe(keys("b", "absent", "a", "b")).block(SOON))
        .containsExactly(
            new Described(0, ChunkHead.of(key("b"), ChunkLayout.blob(3))),
            new Hole(1, key("absent"), MissReason.ABSENT),
            new Described(2, new ChunkHead(key("a"), layout, attributes, null, FAR)),
            new Described(3, ChunkHead.of(key("b"), ChunkLayout.blob(3))));
  }

  @Test
  void countIsThatOfWhatCanBeRead() {
    ReactiveChunkStore store = open();
    assertThat(store.count().block(SOON)).isZero();

    Chunks.putAll(store, chunksOf("c", 7, 100));
    store.remove(key("c3")).block(SOON);

    assertThat(store.count().block(SOON)).isEqualTo(6);
  }

  private static List<ChunkKey> scanAll(ReactiveChunkStore store, int atMost) {
    List<ChunkKey> found = new ArrayList<>();
    ScanPage page = store.scan(0, atMost).block(SOON);
    found.addAll(page.keys());
    while (!page.isLast()) {
      page = store.scan(page.next(), atMost).block(SOON);
      found.addAll(page.keys());
    }
    return found;
  }

  @Test
  void scanFindsEveryKeyWhateverThePagesLength() {
    ReactiveChunkStore store = openBlocks(400);
    assertThat(scanAll(store, 10)).isEmpty();

    Chunks.putAll(store, chunksOf("c", 300, 10));

    for (int atMost : new int[] {1, 10, 1000, Integer.MAX_VALUE}) {
      assertThat(scanAll(store, atMost)).containsExactlyInAnyOrderElementsOf(keysOf("c", 300));
    }
  }

  @Test
  void scanMeetsWhatStaysThoughOthersComeAndGo() {
    ReactiveChunkStore store = open();
    Chunks.putAll(store, chunksOf("stays", 40, 10));
    Set<ChunkKey> found = new HashSet<>();
    long cursor = 0;
    int round = 0;
    do {
      ScanPage page = store.scan(cursor, 4).block(SOON);
      found.addAll(page.keys());
      cursor = page.next();
      if (round++ < 10) {
        Chunks.putAll(store, chunksOf("comes" + round + "-", 20, 10));
        store.removeAll(keysOf("comes" + (round - 1) + "-", 20)).block(SOON);
      }
    } while (cursor != 0);

    assertThat(found).containsAll(keysOf("stays", 40));
  }

  @Test
  void cursorThatNoPageSaidIsHarmless() {
    ReactiveChunkStore store = open();
    Chunks.putAll(store, chunksOf("c", 20, 10));

    for (long cursor : new long[] {-1, 7, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertThat(keysOf("c", 20)).containsAll(store.scan(cursor, 1000).block(SOON).keys());
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.scan(0, 0))
        .withMessage("scan: expected at least 1 key a page, found 0");
  }

  @Test
  void removeAllSaysHowManyThereWere() {
    ReactiveChunkStore store = open();
    Chunks.putAll(store, chunksOf("c", 5, 5000));

    assertThat(store.removeAll(keys("c1", "absent", "c3", "c1")).block(SOON)).isEqualTo(2);
    assertThat(store.removeAll(List.of()).block(SOON)).isZero();

    assertThat(present(store, "c0", "c1", "c2", "c3", "c4")).containsExactly("c0", "c2", "c4");
  }

  @Test
  void tooManyKeysAreRefusedAsAWhole() {
    ReactiveChunkStore store = spec().with(config -> config.maxRequestKeys(2)).open();
    List<ChunkKey> three = Collections.nCopies(3, key("a"));

    assertThatThrownBy(() -> store.removeAll(three).block(SOON))
        .isInstanceOf(RequestTooLargeException.class);
    assertThatThrownBy(() -> store.describe(three).block(SOON))
        .isInstanceOf(RequestTooLargeException.class);
  }

  @Test
  void clearRemovesAllAndReadersFinish() {
    ReactiveChunkStore store = spec().arena(16 << 20).open();
    Chunks.putAll(store, chunksOf("c", 2500, 20));
    Chunks.put(store, "large", 50_000);
    try (RestoredBatch batch = store.restoreAll(keys("large")).block(SOON)) {
      assertThat(store.clear().block(SOON)).isEqualTo(2501);
      Chunks.assertBytes(batch.hits().getFirst().segment(), "large", 50_000);
    }

    assertThat(store.count().block(SOON)).isZero();
    assertThat(scanAll(store, 1000)).isEmpty();
    assertThat(store.clear().block(SOON)).isZero();
    QuietStores.awaitQuiet(store);
    assertThat(QuietStores.statusOf(store).arena().freeBytes())
        .isEqualTo(QuietStores.statusOf(store).arena().bytes());
  }
}
