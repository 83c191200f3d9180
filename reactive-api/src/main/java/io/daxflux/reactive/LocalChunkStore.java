package io.daxflux.reactive;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.RestoreMode;
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
import io.daxflux.reactive.session.CallersMemory;
import io.daxflux.reactive.session.Requests;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A store over a device of this process: checks what is handed to it and passes requests on. */
final class LocalChunkStore implements ReactiveChunkStore {
  /** Chunks of a stream of puts under way, for each region that may be in flight. */
  private static final int STREAMED_PUTS_PER_REGION = 2;

  /** The longest page of a scan. */
  private static final int MOST_KEYS_OF_A_PAGE = 1_000;

  private final DaxfluxConfig config;
  private final Requests requests;
  private final RunningStore running;
  private final RestoreMode mode;

  LocalChunkStore(DaxfluxConfig config, RunningStore running, RestoreMode mode) {
    this.config = config;
    this.requests = new Requests(running.loop());
    this.running = running;
    this.mode = mode;
  }

  @Override
  public Flux<PutOutcome> putAll(Publisher<Chunk> chunks, PutMode mode) {
    int underWay = STREAMED_PUTS_PER_REGION * config.restoreMaxRegions();
    return Flux.defer(
        () -> {
          StreamedPuts stream = new StreamedPuts(requests, mode);
          return Flux.from(chunks)
              .flatMapSequentialDelayError(stream::put, underWay, 1)
              .onErrorMap(Exceptions::isMultiple, StreamedPuts::firstOf)
              .doFinally(_ -> stream.end());
        });
  }

  @Override
  public Flux<PutOutcome> putAll(List<Chunk> chunks, PutMode mode) {
    List<Chunk> batch = List.copyOf(chunks);
    return batch.isEmpty() ? Flux.empty() : requests.put(batch, mode);
  }

  @Override
  public Mono<PutStart> startPut(ChunkHead head, PutMode mode) {
    return requests.startPut(head, mode);
  }

  @Override
  public Mono<List<PutOutcome>> commitAll(List<ChunkWriter> writers) {
    return requests.commitAll(List.copyOf(writers));
  }

  @Override
  public Mono<Integer> prefixLength(List<ChunkKey> keys) {
    return requests.prefixLength(List.copyOf(keys));
  }

  @Override
  public Mono<PinnedPrefix> pinPrefix(List<ChunkKey> keys) {
    return requests.pinPrefix(List.copyOf(keys));
  }

  @Override
  public Flux<RestoredChunk> restorePrefix(List<ChunkKey> keys) {
    return requests.restorePrefix(List.copyOf(keys), mode);
  }

  @Override
  public Flux<PrefixEvent> explainPrefix(List<ChunkKey> keys) {
    return requests.explainPrefix(List.copyOf(keys), mode);
  }

  @Override
  public Mono<RestoredBatch> restoreAll(List<ChunkKey> keys) {
    return requests.restoreAll(List.copyOf(keys), mode);
  }

  @Override
  public Mono<List<IntoOutcome>> restoreInto(List<ChunkKey> keys, List<MemorySegment> outputs) {
    return requests.restoreInto(
        List.copyOf(keys), CallersMemory.outputs(outputs, keys.size()), mode, null);
  }

  @Override
  public Mono<List<IntoOutcome>> restoreInto(
      List<ChunkKey> keys, List<MemorySegment> outputs, Runnable onRelease) {
    return requests.restoreInto(
        List.copyOf(keys), CallersMemory.outputs(outputs, keys.size()), mode, onRelease);
  }

  @Override
  public Mono<BorrowedPrefix> borrowPrefix(List<ChunkKey> keys) {
    return requests.borrowPrefix(List.copyOf(keys));
  }

  @Override
  public Mono<BorrowedBatch> borrowAll(List<ChunkKey> keys) {
    return requests.borrowAll(List.copyOf(keys));
  }

  @Override
  public Mono<Boolean> contains(ChunkKey key) {
    return requests.contains(key);
  }

  @Override
  public Mono<Boolean> remove(ChunkKey key) {
    return requests.remove(key);
  }

  @Override
  public Mono<Integer> removeAll(List<ChunkKey> keys) {
    return requests.removeAll(List.copyOf(keys));
  }

  @Override
  public Mono<Long> clear() {
    return requests.clear();
  }

  @Override
  public Mono<List<DescribeOutcome>> describe(List<ChunkKey> keys) {
    return requests.describe(List.copyOf(keys));
  }

  @Override
  public Mono<ScanPage> scan(long cursor, int atMost) {
    if (atMost < 1) {
      throw new IllegalArgumentException("scan: expected at least 1 key a page, found " + atMost);
    }
    return requests.scan(cursor, Math.min(atMost, MOST_KEYS_OF_A_PAGE));
  }

  @Override
  public Mono<Long> count() {
    return requests.count();
  }

  @Override
  public Mono<Boolean> expire(ChunkKey key, long expiresAtMs) {
    ChunkHead.requireExpiry(expiresAtMs);
    return requests.expire(key, expiresAtMs);
  }

  @Override
  public Flux<StoreEvent> events() {
    return running.loop().events();
  }

  @Override
  public Mono<StoreStatus> status() {
    return requests.status();
  }

  @Override
  public ReactiveChunkStore restoring(RestoreMode mode) {
    return new LocalChunkStore(config, running, mode);
  }

  @Override
  public Mono<Void> close() {
    return running.close();
  }

  @Override
  public String toString() {
    return "LocalChunkStore[" + config.devicePath() + "]";
  }
}
