package io.daxflux.net.wire;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.bytesOf;
import static io.daxflux.reactive.Chunks.chunksOf;
import static io.daxflux.reactive.Chunks.key;
import static io.daxflux.reactive.Chunks.keysOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.net.Server;
import io.daxflux.net.ServerOptions;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.Parts;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.SlowSubscriber;
import io.daxflux.reactive.outcome.ChunkWriter;
import io.daxflux.reactive.outcome.PinnedPrefix;
import io.daxflux.reactive.outcome.RemoteException;
import io.daxflux.reactive.outcome.RestoredChunk;
import io.daxflux.reactive.outcome.StoreException.Category;
import io.daxflux.reactive.outcome.StoreStatus;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Connections that end in the middle of everything. Nothing is left on either side, and the next
 * request connects again.
 */
class DisconnectTest {
  private static final int LENGTH = 200_000;
  private static final int CHUNKS = 4;
  private static final List<ChunkKey> KEYS = keysOf("c", CHUNKS);

  @RegisterExtension final QuietStores stores = new QuietStores();

  private ReactiveChunkStore local;
  private Server server;
  private CuttingProxy proxy;
  private ReactiveChunkStore remote;

  @BeforeEach
  void serve() {
    local = stores.spec().arena(8 << 20).open();
    server = WireServer.bind(local, ServerOptions.builder().build(), limits()).block(SOON);
    proxy = new CuttingProxy(server.address());
    remote =
        RemoteChunkStore.open(
                RemoteOptions.builder("127.0.0.1", proxy.port())
                    .outputBudgetBytes(4 << 20)
                    .blockBytes(Chunks.BLOCK)
                    .build())
            .block(SOON);
    Chunks.putAll(local, chunksOf("c", CHUNKS, LENGTH));
  }

  private static WireLimits limits() {
    return new WireLimits(1000, 0.5, Duration.ofMinutes(1));
  }

  @AfterEach
  void close() {
    remote.close().block(SOON);
    proxy.close();
    server.stop(Duration.ZERO).block(SOON);
  }

  @Test
  void cutAnywhereLeavesNothingOnEitherSide() {
    long seed = Long.getLong("daxflux.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      proxy.cutAfter(random.nextInt(2 * CHUNKS * LENGTH));
      Flux.fromIterable(everything(round))
          .flatMap(request -> Flux.from(request).onErrorComplete())
          .blockLast(SOON);
      proxy.heal();
      proxy.cut();

      QuietStores.awaitQuiet(local);
      awaitNothingHeld();
      assertThat(remote.contains(key("c0")).block(SOON))
          .as("seed %s, round %s", seed, round)
          .isTrue();
    }
  }

  /** The client may have yet to see that its connection is gone. */
  private void awaitNothingHeld() {
    QuietStores.until(
        () -> {
          StoreStatus status =
              remote
                  .status()
                  .retryWhen(
                      Retry.fixedDelay(1000, Duration.ofMillis(1))
                          .filter(RemoteException.class::isInstance))
                  .block(SOON);
          return status.isQuiet() && status.outputs().freeBytes() == status.outputs().bytes();
        },
        "a client that holds nothing");
  }

  private List<Flux<?>> everything(int round) {
    List<MemorySegment> outputs =
        KEYS.stream().map(_ -> MemorySegment.ofArray(new byte[LENGTH])).toList();
    return List.of(
        remote.restorePrefix(KEYS).doOnNext(RestoredChunk::close),
        remote.restoreAll(KEYS).doOnNext(batch -> batch.close()).flux(),
        remote.restoreInto(KEYS, outputs).flux(),
        remote.borrowPrefix(KEYS).doOnNext(prefix -> prefix.close()).flux(),
        remote.borrowAll(KEYS).doOnNext(batch -> batch.close()).flux(),
        remote.pinPrefix(KEYS).doOnNext(PinnedPrefix::close).flux(),
        remote.describe(KEYS).flux(),
        remote.status().flux(),
        remote.putAll(chunksOf("p" + round + "-", 3, LENGTH), PutMode.REPLACE),
        parts("w" + round).flux());
  }

  private Mono<Object> parts(String name) {
    return remote
        .startPut(Parts.head(name, LENGTH), PutMode.REPLACE)
        .flatMap(
            start ->
                start instanceof ChunkWriter writer
                    ? Flux.range(0, 10)
                        .map(part -> MemorySegment.ofArray(new byte[LENGTH / 10]))
                        .concatMap(writer::write)
                        .then(writer.exchange())
                        .doOnNext(exchange -> exchange.close())
                        .<Object>map(exchange -> exchange.outcome())
                        .doFinally(_ -> writer.close())
                    : Mono.just(start));
  }

  @Test
  void requestUnderWayFailsByNameAndTheNextOneConnectsAgain() {
    SlowSubscriber<RestoredChunk> stream = SlowSubscriber.to(remote.restorePrefix(KEYS), 1);
    stream.next().close();

    proxy.cut();

    assertThat(stream.awaitError(RemoteException.class).category()).isEqualTo(Category.RETRY);
    assertThat(remote.prefixLength(KEYS).block(SOON)).isEqualTo(CHUNKS);
  }

  @Test
  void whatWasDeliveredStaysItsReceivers() {
    RestoredChunk chunk = SlowSubscriber.to(remote.restorePrefix(KEYS), 1).next();

    proxy.cut();
    QuietStores.awaitQuiet(local);

    Chunks.assertBytes(chunk.segment(), "c0", LENGTH);
    chunk.close();
  }

  @Test
  void pinsAndWritersEndWithTheirConnection() {
    PinnedPrefix pinned = remote.pinPrefix(KEYS).block(SOON);
    ChunkWriter writer = Parts.start(remote, "w", LENGTH);
    assertThat(QuietStores.statusOf(local).readers().pinnedChunks()).isEqualTo(CHUNKS);

    proxy.cut();
    QuietStores.awaitQuiet(local);

    assertThat(QuietStores.statusOf(local).readers().pinnedChunks()).isZero();
    assertThatThrownBy(() -> writer.write(MemorySegment.ofArray(bytesOf("w", LENGTH))).block(SOON))
        .isInstanceOf(RemoteException.class);
    assertThatThrownBy(() -> writer.commit().block(SOON)).isInstanceOf(RemoteException.class);
    pinned.close();
  }

  @Test
  void streamThatAsksForNothingHoldsLeasesAloneAndNotForEver() {
    SlowSubscriber<RestoredChunk> stream = SlowSubscriber.to(remote.restorePrefix(KEYS), 1);
    RestoredChunk first = stream.next();

    assertThat(QuietStores.statusOf(remote).outputs().chunksOut()).isEqualTo(1);
    assertThat(QuietStores.statusOf(local).outputs().chunksOut()).isZero();

    first.close();
    stream.cancel();
    QuietStores.awaitQuiet(local);
  }

  @Test
  void serverThatStopsFailsWhatIsUnderWay() {
    SlowSubscriber<RestoredChunk> stream = SlowSubscriber.to(remote.restorePrefix(KEYS), 1);
    stream.next().close();

    server.stop(Duration.ZERO).block(SOON);

    stream.awaitError(RemoteException.class);
    assertThatThrownBy(() -> remote.count().block(SOON)).isInstanceOf(RemoteException.class);
    QuietStores.awaitQuiet(local);
  }
}
