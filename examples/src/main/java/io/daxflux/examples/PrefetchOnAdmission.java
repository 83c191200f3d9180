package io.daxflux.examples;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.DType;
import io.daxflux.chunk.PrefixKeys;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.RestoredChunk;
import io.daxflux.reactive.outcome.StoreStatus;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Prefetching, composed: as soon as requests are admitted their prefixes are restored, several at a
 * time, so that prefill finds them in memory. A client that goes away meanwhile cancels its own
 * prefetch and nobody else's, and the memory it had is back.
 */
public final class PrefetchOnAdmission {
  private static final int CHUNK_TOKENS = 256;
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int PREFETCHES_AT_A_TIME = 2;

  private PrefetchOnAdmission() {}

  /** Takes no arguments. */
  public static void main(String[] args) {
    run(System.out);
  }

  /** A request, and whether its client is still there. */
  private record Request(String client, List<ChunkKey> prompt, Sinks.Empty<Void> gone) {}

  /** What prefill begins with. Whoever receives it closes it. */
  private record Prefetched(Request request, List<RestoredChunk> chunks) implements AutoCloseable {
    @Override
    public void close() {
      chunks.forEach(RestoredChunk::close);
    }
  }

  static void run(PrintStream out) {
    DaxfluxConfig config =
        DaxfluxConfig.builder()
            .devicePath(DaxfluxConfig.MEMORY)
            .deviceBytes(64L << 20)
            .outputBudgetBytes(32L << 20)
            .build();
    ReactiveChunkStore store = ReactiveChunkStore.open(config).block();
    try {
      List<Request> admitted = List.of(request("anna", 1), request("bert", 2), request("cleo", 3));
      for (Request request : admitted) {
        List<Chunk> computed = request.prompt.stream().map(PrefetchOnAdmission::chunk).toList();
        store.putAll(computed, PutMode.KEEP_EXISTING).blockLast();
      }

      List<Prefetched> ready =
          Flux.fromIterable(admitted)
              .flatMap(request -> prefetch(store, request), PREFETCHES_AT_A_TIME)
              .collectList()
              .block();
      for (Prefetched prefetched : ready) {
        out.printf(
            "%s: prefill begins with %d chunks%n",
            prefetched.request.client, prefetched.chunks.size());
      }
      StoreStatus settled = once(store, status -> status.readers().sessions() == 0);
      out.println("in use: " + settled.outputs().chunksOut() + " chunks");

      ready.forEach(Prefetched::close);
      StoreStatus.Outputs outputs = once(store, StoreStatus::isQuiet).outputs();
      out.printf("free: %d of %d MiB%n", outputs.freeBytes() >> 20, outputs.bytes() >> 20);
    } finally {
      store.close().block();
    }
  }

  /** The request's prefix; nothing where its client goes away before it is there. */
  private static Mono<Prefetched> prefetch(ReactiveChunkStore store, Request request) {
    return store
        .restorePrefix(request.prompt)
        .doOnNext(chunk -> letBertGo(request, chunk))
        .collectList()
        .map(chunks -> new Prefetched(request, chunks))
        .takeUntilOther(request.gone.asMono())
        // What is on its way when the client goes was received by nobody, so it is closed here.
        .doOnDiscard(RestoredChunk.class, RestoredChunk::close)
        .doOnDiscard(Prefetched.class, Prefetched::close);
  }

  /** Stands for a connection that is lost when half of the prefix is there. */
  private static void letBertGo(Request request, RestoredChunk chunk) {
    if (request.client.equals("bert") && chunk.index() == 3) {
      request.gone.tryEmitEmpty();
    }
  }

  /** The status once what was cancelled has come to its end: the region in a worker's hands. */
  private static StoreStatus once(ReactiveChunkStore store, Predicate<StoreStatus> settled) {
    return store
        .status()
        .filter(settled)
        .repeatWhenEmpty(turns -> turns.delayElements(Duration.ofMillis(5)))
        .timeout(Duration.ofSeconds(10))
        .block();
  }

  private static Request request(String client, int seed) {
    int[] tokens = IntStream.range(0, 8 * CHUNK_TOKENS).map(i -> i * seed).toArray();
    List<ChunkKey> keys =
        new PrefixKeys("example-model", 1, 0, DType.BFLOAT16, CHUNK_TOKENS).fullChunks(tokens);
    return new Request(client, keys, Sinks.empty());
  }

  private static Chunk chunk(ChunkKey key) {
    return Chunk.blob(key, new byte[CHUNK_BYTES]);
  }
}
