package io.daxflux.reactive.contract;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.assertSame;
import static io.daxflux.reactive.Chunks.bytesOf;
import static io.daxflux.reactive.Chunks.key;
import static io.daxflux.reactive.Chunks.keys;
import static io.daxflux.reactive.Chunks.keysOf;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.DType;
import io.daxflux.chunk.KvFormat;
import io.daxflux.chunk.PrefixKeys;
import io.daxflux.chunk.TensorLayout;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.Filled;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What travels with the bytes, and what they are made of. */
class LayoutRoundTripTest extends StoreContract {
  @Test
  void tensorsOfOneChunkComeBackEachByItself() {
    ChunkLayout layout =
        ChunkLayout.of(
            TensorLayout.of(DType.BFLOAT16, KvFormat.KV_2LTD, 2, 3, 5, 7),
            TensorLayout.of(DType.FLOAT, KvFormat.KV_MLA, 1, 0, 9),
            TensorLayout.of(DType.INT8, KvFormat.BINARY, 4097));
    byte[] bytes = bytesOf("a", (int) layout.bytes());
    ReactiveChunkStore store = open();
    put(store, Chunk.builder(key("a"), layout).payload(MemorySegment.ofArray(bytes)).build());

    try (RestoredChunk chunk = store.restorePrefix(keys("a")).blockLast(SOON)) {
      assertThat(chunk.layout()).isEqualTo(layout);
      assertSame(chunk.tensor(0), Arrays.copyOf(bytes, 420));
      assertThat(chunk.tensor(1).byteSize()).isZero();
      assertSame(chunk.tensor(2), Arrays.copyOfRange(bytes, 420, bytes.length));
    }
  }

  @Test
  void everyChunkOfOneRequestCarriesItsOwnLayoutAndAttributes() {
    List<TensorLayout> tensors =
        List.of(
            TensorLayout.of(DType.HALF, KvFormat.KV_T2D, 10, 2, 3),
            TensorLayout.of(DType.FP8_E5M2, KvFormat.KV_MLA, 1, 61, 16, 9),
            TensorLayout.of(DType.INT64, KvFormat.UNDEFINED, 3),
            TensorLayout.of(DType.UINT8, KvFormat.BINARY, 0));
    ReactiveChunkStore store = open();
    for (int i = 0; i < tensors.size(); i++) {
      ChunkLayout layout = ChunkLayout.of(tensors.get(i));
      byte[] bytes = bytesOf("c" + i, (int) layout.bytes());
      put(
          store,
          Chunk.builder(key("c" + i), layout)
              .payload(MemorySegment.ofArray(bytes))
              .attributes(Attributes.of(new byte[i]))
              .build());
    }
    List<ChunkKey> keys = keysOf("c", tensors.size());

    try (RestoredBatch batch = store.restoreAll(keys).block(SOON);
        BorrowedPrefix borrowed = store.borrowPrefix(keys).block(SOON)) {
      for (int i = 0; i < tensors.size(); i++) {
        RestoredChunk restored = batch.hits().get(i);
        assertThat(restored.layout().tensors()).containsExactly(tensors.get(i));
        assertThat(restored.attributes().length()).isEqualTo(i);
        assertThat(borrowed.chunks().get(i).layout()).isEqualTo(restored.layout());
        assertThat(borrowed.chunks().get(i).attributes()).isEqualTo(restored.attributes());
        assertSame(restored.segment(), bytesOf("c" + i, (int) tensors.get(i).bytes()));
      }
    }
  }

  @Test
  void longestAttributesComeBackByEveryWay() {
    Attributes attributes = Attributes.of(bytesOf("attributes", Attributes.MAX_BYTES));
    ReactiveChunkStore store = open();
    put(
        store,
        Chunk.builder(key("a"), ChunkLayout.blob(3))
            .payload(MemorySegment.ofArray(new byte[3]))
            .attributes(attributes)
            .build());

    try (RestoredChunk chunk = store.restorePrefix(keys("a")).blockLast(SOON)) {
      assertThat(chunk.attributes()).isEqualTo(attributes);
    }
    var into =
        store.restoreInto(keys("a"), List.of(MemorySegment.ofArray(new byte[9]))).block(SOON);
    assertThat(into).containsExactly(new Filled(0, key("a"), ChunkLayout.blob(3), attributes));
  }

  @Test
  void payloadMayBeAnyMixtureOfMemory() {
    byte[] bytes = bytesOf("a", 20_000);
    ByteBuffer onHeap = ByteBuffer.wrap(bytes).position(100).limit(5000);
    ByteBuffer direct = ByteBuffer.allocateDirect(6000);
    direct.put(100, bytes, 5000, 5900);
    MemorySegment shared = Arena.ofAuto().allocate(9000);
    MemorySegment.copy(bytes, 10_900, shared, JAVA_BYTE, 0, 9000);
    Chunk chunk =
        Chunk.builder(key("a"), ChunkLayout.blob(20_000))
            .payload(MemorySegment.ofArray(bytes).asSlice(0, 100))
            .payload(onHeap)
            .payload(MemorySegment.ofArray(new byte[0]))
            .payload(direct.position(100))
            .payload(shared.asReadOnly())
            .payload(MemorySegment.ofArray(Arrays.copyOfRange(bytes, 19_900, 20_000)))
            .build();
    ReactiveChunkStore store = open();

    put(store, chunk);

    assertRestores(store, 20_000, "a");
  }

  @Test
  void payloadOfAThousandPiecesComesBackWhole() {
    byte[] bytes = bytesOf("a", 100_000);
    Chunk.Builder chunk = Chunk.builder(key("a"), ChunkLayout.blob(100_000));
    for (int from = 0; from < bytes.length; from += 100) {
      chunk.payload(MemorySegment.ofArray(bytes).asSlice(from, 100));
    }
    ReactiveChunkStore store = open();

    put(store, chunk.build());

    assertRestores(store, 100_000, "a");
  }

  /** Two workers of one model hold a half of each chunk each, under keys of their own. */
  @Test
  void workersOfOneModelShareAStoreWithoutMeeting() {
    int[] tokens = IntStream.range(0, 1024).toArray();
    List<List<ChunkKey>> keysOfWorkers = new ArrayList<>();
    ReactiveChunkStore store = open();
    for (int worker = 0; worker < 2; worker++) {
      List<ChunkKey> keys =
          new PrefixKeys("qwen3-14b", 2, worker, DType.BFLOAT16, 256).fullChunks(tokens);
      Chunks.putAll(store, keys.stream().map(key -> Chunks.chunk(key, 10_000)).toList());
      keysOfWorkers.add(keys);
    }

    for (List<ChunkKey> keys : keysOfWorkers) {
      assertThat(store.prefixLength(keys).block(SOON)).isEqualTo(4);
      try (RestoredBatch batch = store.restoreAll(keys).block(SOON)) {
        for (RestoredChunk chunk : batch.hits()) {
          assertSame(chunk.segment(), bytesOf(chunk.key(), 10_000));
        }
      }
    }
    store.remove(keysOfWorkers.getFirst().getFirst()).block(SOON);
    assertThat(store.prefixLength(keysOfWorkers.getFirst()).block(SOON)).isZero();
    assertThat(store.prefixLength(keysOfWorkers.getLast()).block(SOON)).isEqualTo(4);
  }
}
