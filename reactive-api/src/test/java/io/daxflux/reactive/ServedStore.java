package io.daxflux.reactive;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.RestoreMode;
import io.daxflux.net.Server;
import io.daxflux.net.ServerOptions;
import io.daxflux.net.wire.RemoteChunkStore;
import io.daxflux.net.wire.RemoteOptions;
import io.daxflux.net.wire.WireLimits;
import io.daxflux.net.wire.WireServer;
import io.daxflux.reactive.outcome.BorrowedBatch;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.ChunkWriter;
import io.daxflux.reactive.outcome.DescribeOutcome;
import io.daxflux.reactive.outcome.IntoOutcome;
import io.daxflux.reactive.outcome.PinnedPrefix;
import io.daxflux.reactive.outcome.PrefixEvent;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutStart;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import io.daxflux.reactive.outcome.ScanPage;
import io.daxflux.reactive.outcome.StoreEvent;
import io.daxflux.reactive.outcome.StoreStatus;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A store, a server in front of it, and a client of that server, as one: asked by the client, and
 * closed as a whole.
 */
final class ServedStore implements ReactiveChunkStore {
  private final ReactiveChunkStore local;
  private final Server server;
  private final ReactiveChunkStore client;
  private final Mono<Void> closed;

  private ServedStore(ReactiveChunkStore local, Server server, ReactiveChunkStore client) {
    this.local = local;
    this.server = server;
    this.client = client;
    this.closed =
        Mono.defer(client::close)
            .then(Mono.defer(() -> server.stop(Duration.ofSeconds(1))))
            .then(Mono.defer(local::close))
            .cache();
  }

  static Mono<ReactiveChunkStore> inFrontOf(Mono<ReactiveChunkStore> local, DaxfluxConfig config) {
    return local.flatMap(store -> serve(store, config));
  }

  private static Mono<ReactiveChunkStore> serve(ReactiveChunkStore local, DaxfluxConfig config) {
    return WireServer.bind(local, ServerOptions.builder().build(), WireLimits.of(config))
        .flatMap(
            server ->
                RemoteChunkStore.open(
                        RemoteOptions.builder(
                                server.address().getHostString(), server.address().getPort())
                            .outputBudgetBytes(config.outputBudgetBytes())
                            .blockBytes(config.blockBytes())
                            .restoreWait(config.restoreWait())
                            .closeGrace(config.closeGrace())
                            .build())
                    .map(client -> new ServedStore(local, server, client)));
  }

  @Override
  public Flux<PutOutcome> putAll(Publisher<Chunk> chunks, PutMode mode) {
    return client.putAll(chunks, mode);
  }

  @Override
  public Flux<PutOutcome> putAll(List<Chunk> chunks, PutMode mode) {
    return client.putAll(chunks, mode);
  }

  @Override
  public Mono<PutStart> startPut(ChunkHead head, PutMode mode) {
    return client.startPut(head, mode);
  }

  @Override
  public Mono<List<PutOutcome>> commitAll(List<ChunkWriter> writers) {
    return client.commitAll(writers);
  }

  @Override
  public Mono<Integer> prefixLength(List<ChunkKey> keys) {
    return client.prefixLength(keys);
  }

  @Override
  public Mono<PinnedPrefix> pinPrefix(List<ChunkKey> keys) {
    return client.pinPrefix(keys);
  }

  @Override
  public Flux<RestoredChunk> restorePrefix(List<ChunkKey> keys) {
    return client.restorePrefix(keys);
  }

  @Override
  public Flux<PrefixEvent> explainPrefix(List<ChunkKey> keys) {
    return client.explainPrefix(keys);
  }

  @Override
  public Mono<RestoredBatch> restoreAll(List<ChunkKey> keys) {
    return client.restoreAll(keys);
  }

  @Override
  public Mono<List<IntoOutcome>> restoreInto(
      List<ChunkKey> keys, List<MemorySegment> outputs, Runnable onRelease) {
    return client.restoreInto(keys, outputs, onRelease);
  }

  @Override
  public Mono<List<IntoOutcome>> restoreInto(List<ChunkKey> keys, List<MemorySegment> outputs) {
    return client.restoreInto(keys, outputs);
  }

  @Override
  public Mono<BorrowedPrefix> borrowPrefix(List<ChunkKey> keys) {
    return client.borrowPrefix(keys);
  }

  @Override
  public Mono<BorrowedBatch> borrowAll(List<ChunkKey> keys) {
    return client.borrowAll(keys);
  }

  @Override
  public Mono<Boolean> contains(ChunkKey key) {
    return client.contains(key);
  }

  @Override
  public Mono<Boolean> remove(ChunkKey key) {
    return client.remove(key);
  }

  @Override
  public Mono<Integer> removeAll(List<ChunkKey> keys) {
    return client.removeAll(keys);
  }

  @Override
  public Mono<Long> clear() {
    return client.clear();
  }

  @Override
  public Mono<List<DescribeOutcome>> describe(List<ChunkKey> keys) {
    return client.describe(keys);
  }

  @Override
  public Mono<ScanPage> scan(long cursor, int atMost) {
    return client.scan(cursor, atMost);
  }

  @Override
  public Mono<Long> count() {
    return client.count();
  }

  @Override
  public Mono<Boolean> expire(ChunkKey key, long expiresAtMs) {
    return client.expire(key, expiresAtMs);
  }

  @Override
  public Flux<StoreEvent> events() {
    return client.events();
  }

  @Override
  public Mono<StoreStatus> status() {
    return client.status();
  }

  @Override
  public ReactiveChunkStore restoring(RestoreMode mode) {
    return client.restoring(mode);
  }

  @Override
  public Mono<Void> close() {
    return Mono.defer(
        () -> {
          closed.subscribe(null, _ -> {});
          return closed;
        });
  }

  @Override
  public String toString() {
    return client + " of " + server + " of " + local;
  }
}
