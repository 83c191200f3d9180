package io.daxflux.examples;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.DType;
import io.daxflux.chunk.PrefixKeys;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.Hole;
import io.daxflux.reactive.outcome.RestoreOutcome;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The store from a thread that waits: no reactive code, only {@code block()}.
 *
 * <p>Two prompts begin with the same 768 tokens. The first one's KV cache is stored; the second one
 * finds it, and has to compute only what is its own.
 */
public final class BlockingHit {
  private static final int CHUNK_TOKENS = 256;
  private static final int CHUNK_BYTES = 1 << 20;

  private BlockingHit() {}

  /** Takes no arguments. */
  public static void main(String[] args) {
    run(System.out);
  }

  static void run(PrintStream out) {
    DaxfluxConfig config =
        DaxfluxConfig.builder()
            .devicePath(DaxfluxConfig.MEMORY)
            .deviceBytes(64L << 20)
            .outputBudgetBytes(16L << 20)
            .build();
    PrefixKeys keys = new PrefixKeys("example-model", 1, 0, DType.BFLOAT16, CHUNK_TOKENS);
    List<ChunkKey> first = keys.fullChunks(prompt(1));
    List<ChunkKey> second = keys.fullChunks(prompt(2));

    ReactiveChunkStore store = ReactiveChunkStore.open(config).block();
    try {
      List<Chunk> computed = first.stream().map(key -> Chunk.blob(key, kvCache())).toList();
      store.putAll(computed, PutMode.KEEP_EXISTING).blockLast();
      out.println("stored: " + first.size() + " chunks of the first prompt");

      out.println("second prompt: a hit of " + store.prefixLength(second).block() + " chunks");
      try (RestoredBatch batch = store.restoreAll(second).block()) {
        batch.outcomes().forEach(outcome -> out.println(describe(outcome)));
      } // gives the memory back
      out.println("store: " + (store.status().block().isQuiet() ? "nothing is out" : "busy"));
    } finally {
      store.close().block();
    }
  }

  /** Five chunks, of which the first three are the same for every question. */
  private static int[] prompt(int question) {
    return IntStream.range(0, 5 * CHUNK_TOKENS)
        .map(i -> i < 3 * CHUNK_TOKENS ? i : i + question)
        .toArray();
  }

  private static byte[] kvCache() {
    return new byte[CHUNK_BYTES];
  }

  private static String describe(RestoreOutcome outcome) {
    return switch (outcome) {
      case RestoredChunk chunk ->
          "  chunk " + chunk.index() + ": " + chunk.segment().byteSize() + " bytes, to be loaded";
      case Hole hole -> "  chunk " + hole.index() + ": " + hole.reason() + ", to be computed";
    };
  }
}
