package io.daxflux.examples;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.DType;
import io.daxflux.chunk.PrefixKeys;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.SignalType;

/**
 * A stream that goes as fast as its consumer: one chunk is asked for, used and closed, then the
 * next.
 *
 * <p>Demand reaches down to the memory: sixteen chunks pass through output memory that has room for
 * two.
 */
public final class StreamPrefix {
  private static final int CHUNK_TOKENS = 256;
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int CHUNKS = 16;
  private static final long OUTPUT_BYTES = 2L * CHUNK_BYTES;

  private StreamPrefix() {}

  /** Takes no arguments. */
  public static void main(String[] args) throws InterruptedException {
    run(System.out);
  }

  static void run(PrintStream out) throws InterruptedException {
    DaxfluxConfig config =
        DaxfluxConfig.builder()
            .devicePath(DaxfluxConfig.MEMORY)
            .deviceBytes(64L << 20)
            .outputBudgetBytes(OUTPUT_BYTES)
            .build();
    int[] prompt = IntStream.range(0, CHUNKS * CHUNK_TOKENS).toArray();
    List<ChunkKey> keys =
        new PrefixKeys("example-model", 1, 0, DType.BFLOAT16, CHUNK_TOKENS).fullChunks(prompt);

    ReactiveChunkStore store = ReactiveChunkStore.open(config).block();
    try {
      List<Chunk> computed = keys.stream().map(key -> Chunk.blob(key, kvCache())).toList();
      store.putAll(computed, PutMode.KEEP_EXISTING).blockLast();

      Loader loader = new Loader(out);
      store.restorePrefix(keys).subscribe(loader);
      loader.done.await();
      out.printf(
          "loaded: %d chunks, %d MiB, through %d MiB of output memory%n",
          loader.chunks, loader.bytes >> 20, OUTPUT_BYTES >> 20);
      out.println("store: " + (store.status().block().isQuiet() ? "nothing is out" : "busy"));
    } finally {
      store.close().block();
    }
  }

  private static byte[] kvCache() {
    byte[] bytes = new byte[CHUNK_BYTES];
    Arrays.fill(bytes, (byte) 7);
    return bytes;
  }

  /** Stands for what copies KV cache to a GPU. Called by one thread at a time. */
  private static final class Loader extends BaseSubscriber<RestoredChunk> {
    private final CountDownLatch done = new CountDownLatch(1);
    private final PrintStream out;
    private int chunks;
    private long bytes;

    private Loader(PrintStream out) {
      this.out = out;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      request(1);
    }

    @Override
    protected void hookOnNext(RestoredChunk chunk) {
      try (chunk) { // its memory is the next chunk's
        chunks++;
        bytes += chunk.segment().byteSize();
      }
      request(1);
    }

    @Override
    protected void hookOnError(Throwable failure) {
      out.println("failed: " + failure.getMessage());
    }

    @Override
    protected void hookFinally(SignalType end) {
      done.countDown();
    }
  }
}
