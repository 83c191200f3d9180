package io.daxflux.net.wire;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.chunksOf;
import static io.daxflux.reactive.Chunks.keysOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.net.Server;
import io.daxflux.net.ServerOptions;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/**
 * Streams of which all chunks but the last are lent at once: that one is announced when those
 * before it were sent, at any moment of their sending.
 */
class StreamsOverAndOverTest {
  private static final int LENGTH = 4 << 20;

  private static final int CHUNKS = 5;
  private static final long ARENA = 24 << 20;

  /** Of the arena. */
  private static final double ALL_BUT_ONE = 0.75;

  private static final int STREAMS = 100;
  private static final List<ChunkKey> KEYS = keysOf("c", CHUNKS);

  @RegisterExtension final QuietStores stores = new QuietStores();

  @Test
  void everyStreamDeliversItsLastChunk() {
    ReactiveChunkStore local = stores.spec().arena(ARENA).open();
    Chunks.putAll(local, chunksOf("c", CHUNKS, LENGTH));
    Server server =
        WireServer.bind(
                local,
                ServerOptions.builder().build(),
                new WireLimits(1000, ALL_BUT_ONE, Duration.ofMinutes(1)))
            .block(SOON);
    ReactiveChunkStore remote =
        RemoteChunkStore.open(
                RemoteOptions.builder("127.0.0.1", server.address().getPort())
                    .outputBudgetBytes(ARENA)
                    .build())
            .block(SOON);
    try {
      for (int stream = 0; stream < STREAMS; stream++) {
        AtomicInteger delivered = new AtomicInteger();
        Mono<Void> whole =
            remote
                .restorePrefix(KEYS)
                .doOnNext(chunk -> delivered.incrementAndGet())
                .doOnNext(RestoredChunk::close)
                .then();
        whole.block(SOON);
        assertThat(delivered).as("stream %d", stream).hasValue(CHUNKS);
      }
    } finally {
      remote.close().block(SOON);
      server.stop(Duration.ofSeconds(1)).block(SOON);
    }
  }
}
