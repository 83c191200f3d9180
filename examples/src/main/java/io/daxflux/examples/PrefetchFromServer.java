package io.daxflux.examples;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.DType;
import io.daxflux.chunk.PrefixKeys;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.net.Server;
import io.daxflux.net.ServerOptions;
import io.daxflux.net.wire.RemoteChunkStore;
import io.daxflux.net.wire.RemoteOptions;
import io.daxflux.net.wire.WireLimits;
import io.daxflux.net.wire.WireServer;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Two processes: one serves a store, the other asks it for the prefixes of a queue of prompts, and
 * has the next ones on their way while one is answered.
 *
 * <p>What the client does it could do with a store of its own: it is the same interface.
 */
public final class PrefetchFromServer {
  private static final PrefixKeys KEYS = new PrefixKeys("example-model", 1, 0, DType.BFLOAT16, 256);
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int DOCUMENTS = 6;
  private static final int DOCUMENT_CHUNKS = 4;

  /** Prompts that are loaded while one is answered. */
  private static final int AHEAD = 2;

  private PrefetchFromServer() {}

  /** Without arguments both; with {@code serve} the server alone, until its input ends. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length == 0) {
      run(System.out);
    } else {
      serve(System.out);
    }
  }

  // --- The process that has the store

  private static void serve(PrintStream out) throws IOException {
    DaxfluxConfig config =
        DaxfluxConfig.builder()
            .devicePath(DaxfluxConfig.MEMORY)
            .deviceBytes(64L << 20)
            .outputBudgetBytes(1L << 20)
            .build();
    ReactiveChunkStore store = ReactiveChunkStore.open(config).block();
    Server server =
        WireServer.bind(store, ServerOptions.builder().build(), WireLimits.of(config)).block();
    out.println(server.address().getPort());
    while (System.in.read() >= 0) {
      // Until whoever started it has no more use for it.
    }
    server.stop(Duration.ofSeconds(5)).block();
    store.close().block();
  }

  // --- The process that asks

  static void run(PrintStream out) throws IOException, InterruptedException {
    Process server =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                PrefetchFromServer.class.getName(),
                "serve")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      int port = Integer.parseInt(said.readLine());
      ask(RemoteOptions.builder("127.0.0.1", port).outputBudgetBytes(16L << 20).build(), out);
    } finally {
      server.getOutputStream().close();
      server.waitFor();
    }
    out.println("server: ended with " + server.exitValue());
  }

  private static void ask(RemoteOptions options, PrintStream out) {
    ReactiveChunkStore store = RemoteChunkStore.open(options).block();
    try {
      Long stored =
          Flux.range(0, DOCUMENTS)
              .concatMap(document -> store.putAll(kvCacheOf(document), PutMode.KEEP_EXISTING))
              .count()
              .block();
      out.println("put: " + stored + " chunks");

      Flux.range(0, DOCUMENTS)
          .flatMapSequential(document -> load(store, document), AHEAD, 1)
          .concatMap(PrefetchFromServer::answer, 0)
          .doOnNext(out::println)
          .blockLast();
      out.println("store: " + (store.status().block().isQuiet() ? "nothing is out" : "busy"));
    } finally {
      store.close().block();
    }
  }

  /** What is there of a prompt, whose last part is nowhere yet. */
  private static Mono<Loaded> load(ReactiveChunkStore store, int document) {
    return store
        .restorePrefix(keysOf(document, DOCUMENT_CHUNKS + 1))
        .collectList()
        .map(chunks -> new Loaded(document, chunks))
        .doOnDiscard(RestoredChunk.class, RestoredChunk::close);
  }

  /** Stands for what copies KV cache to a GPU, computes the rest, and gives the memory back. */
  private static Mono<String> answer(Loaded prompt) {
    return Mono.fromSupplier(
        () -> {
          long bytes = 0;
          for (RestoredChunk chunk : prompt.chunks()) {
            try (chunk) {
              bytes += chunk.segment().byteSize();
            }
          }
          return "prompt %d: %d of %d chunks, %d MiB"
              .formatted(
                  prompt.document(), prompt.chunks().size(), DOCUMENT_CHUNKS + 1, bytes >> 20);
        });
  }

  private record Loaded(int document, List<RestoredChunk> chunks) {}

  // --- What both could compute

  private static List<ChunkKey> keysOf(int document, int chunks) {
    int[] tokens =
        IntStream.range(0, chunks * 256).map(token -> token + 100_000 * document).toArray();
    return KEYS.fullChunks(tokens);
  }

  private static List<Chunk> kvCacheOf(int document) {
    byte[] bytes = new byte[CHUNK_BYTES];
    Arrays.fill(bytes, (byte) document);
    return keysOf(document, DOCUMENT_CHUNKS).stream().map(key -> Chunk.blob(key, bytes)).toList();
  }
}
