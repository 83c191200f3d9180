package io.daxflux.reactive.devdax;

import static io.daxflux.reactive.Chunks.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.DurabilityPolicy;
import io.daxflux.config.FormatPolicy;
import io.daxflux.config.VerifyPolicy;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Chunks that one boot of a machine leaves for the next, on {@code daxflux.test.dax.kept}. */
final class LeftChunks {
  private static final List<ChunkKey> KEYS = Chunks.keysOf("left", 40);
  private static final int MANY_BLOCKS = 300_001;

  private LeftChunks() {}

  /** Opens the device. */
  static ReactiveChunkStore open(FormatPolicy format) {
    return ReactiveChunkStore.open(
            DaxfluxConfig.builder()
                .devicePath(System.getProperty("daxflux.test.dax.kept"))
                .blockBytes(Chunks.BLOCK)
                .outputBudgetBytes(16 << 20)
                .stagingSlabBytes(32 << 20)
                .restoreWorkers(2)
                .restoreMaxRegions(2)
                .lockMemory(false)
                .format(format)
                .durability(DurabilityPolicy.POWER)
                .verify(VerifyPolicy.ALWAYS)
                .build())
        .block(SOON);
  }

  /** Puts them, each with the boot that does so. */
  static void put(ReactiveChunkStore store) throws IOException {
    Attributes boot = Attributes.of(boot().getBytes(StandardCharsets.US_ASCII));
    List<Chunk> chunks = new ArrayList<>();
    for (ChunkKey key : KEYS) {
      byte[] bytes = Chunks.bytesOf(key, lengthOf(key));
      chunks.add(
          Chunk.builder(key, ChunkLayout.blob(bytes.length))
              .payload(MemorySegment.ofArray(bytes))
              .attributes(boot)
              .build());
    }
    Chunks.putAll(store, chunks);
  }

  /** They are there, whole, and put in another boot than this one. */
  static void assertOfAnotherBoot(ReactiveChunkStore store) throws IOException {
    String boot = boot();
    try (RestoredBatch batch = store.restoreAll(KEYS).block(SOON)) {
      assertThat(batch.holes()).isEmpty();
      for (RestoredChunk chunk : batch.hits()) {
        Chunks.assertSame(chunk.segment(), Chunks.bytesOf(chunk.key(), lengthOf(chunk.key())));
        assertThat(new String(chunk.attributes().toBytes(), StandardCharsets.US_ASCII))
            .hasSameSizeAs(boot)
            .isNotEqualTo(boot);
      }
    }
  }

  static int count() {
    return KEYS.size();
  }

  private static int lengthOf(ChunkKey key) {
    return Math.floorMod(key.hashCode(), MANY_BLOCKS);
  }

  /** The kernel's name for the time since the machine was started. */
  private static String boot() throws IOException {
    return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
  }
}
