package io.daxflux.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.*;
import io.daxflux.config.*;
import io.daxflux.reactive.outcome.*;
import java.util.*;
import org.junit.jupiter.api.Test;

class FirstLightTest {
  @Test
  void storesAndRestores() {
    DaxfluxConfig config =
        DaxfluxConfig.builder()
            .devicePath("memory:")
            .deviceBytes(256L << 20)
            .outputBudgetBytes(64L << 20)
            .build();
    ReactiveChunkStore store = ReactiveChunkStore.open(config).block();
    List<Chunk> chunks = new ArrayList<>();
    List<ChunkKey> keys = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      byte[] b = new byte[1 << 20];
      new Random(i).nextBytes(b);
      keys.add(ChunkKey.of("k" + i));
      chunks.add(Chunk.blob(keys.get(i), b));
    }
    System.out.println(store.putAll(chunks, PutMode.KEEP_EXISTING).collectList().block());
    try (RestoredBatch batch = store.restoreAll(keys).block()) {
      for (RestoredChunk c : batch.hits()) {
        byte[] b = new byte[1 << 20];
        new Random(c.index()).nextBytes(b);
        assertThat(c.segment().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE)).isEqualTo(b);
      }
      assertThat(batch.hits()).hasSize(20);
    }
    System.out.println(
        store
            .explainPrefix(keys)
            .doOnNext(
                e -> {
                  if (e instanceof RestoredChunk c) c.close();
                })
            .collectList()
            .block());
    try (BorrowedPrefix p = store.borrowPrefix(keys).block()) {
      assertThat(p.chunks()).hasSize(20);
    }
    System.out.println(store.status().block());
    for (int i = 0; i < 3000; i++) store.restoreAll(List.of(keys.get(0))).block().close();
    long t = System.nanoTime();
    for (int i = 0; i < 3000; i++) store.restoreAll(List.of(keys.get(0))).block().close();
    System.out.println((System.nanoTime() - t) / 3000 / 1000.0 + " us");
    store.close().block();
  }
}
