package io.daxflux.reactive;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.RestoreMode;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.IntoOutcome;
import io.daxflux.reactive.outcome.PinnedPrefix;
import io.daxflux.reactive.outcome.PrefixEvent;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.RequestTooLargeException;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import io.daxflux.reactive.outcome.StoreEvent;
import io.daxflux.reactive.outcome.StoreStatus;
import io.daxflux.reactive.session.Requests;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A store over a device of this process: checks requests and passes them on to its sessions. */
final class LocalChunkStore implements ReactiveChunkStore {
  /** Chunks of a stream of puts under way, for each region that may be in flight. */
  private static final int STREAMED_PUTS_PER_REGION = 2;

  /** A thread that is never started: what it may write, any thread may. */
  private static final Thread ANY_THREAD = Thread.ofPlatform().unstarted(() -> {});

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
          AtomicReference<ChunkKey> predecessor = new AtomicReference<>();
          AtomicReference<Throwable> failure = new AtomicReference<>();
          return Flux.from(chunks)
              // Its error waits its turn: passed on at once it would cancel the puts under way.
              .doOnError(failure::set)
              .onErrorComplete()
              .flatMapSequential(
                  chunk -> requests.put(List.of(chunk), mode, predecessor.getAndSet(chunk.key())),
                  underWay,
                  1)
              .concatWith(Mono.defer(() -> Mono.justOrEmpty(failure.get()).flatMap(Mono::error)))
              .doOnDiscard(Chunk.class, Chunk::release);
        });
  }

  @Override
  public Flux<PutOutcome> putAll(List<Chunk> chunks, PutMode mode) {
    List<Chunk> batch = List.copyOf(chunks);
    if (batch.isEmpty()) {
      return Flux.empty();
    }
    if (batch.size() > config.maxRequestKeys()) {
      return Flux.defer(
          () -> {
            batch.forEach(Chunk::release);
            return Flux.error(new RequestTooLargeException(batch.size(), config.maxRequestKeys()));
          });
    }
    return requests.put(batch, mode, null);
  }

  @Override
  public Mono<Integer> prefixLength(List<ChunkKey> keys) {
    List<ChunkKey> request = List.copyOf(keys);
    return limited(request, () -> requests.prefixLength(request));
  }

  @Override
  public Mono<PinnedPrefix> pinPrefix(List<ChunkKey> keys) {
    List<ChunkKey> request = List.copyOf(keys);
    return limited(request, () -> requests.pinPrefix(request));
  }

  @Override
  public Flux<RestoredChunk> restorePrefix(List<ChunkKey> keys) {
    List<ChunkKey> request = List.copyOf(keys);
    return isTooLarge(request)
        ? Flux.error(tooLarge(request))
        : requests.restorePrefix(request, mode);
  }

  @Override
  public Flux<PrefixEvent> explainPrefix(List<ChunkKey> keys) {
    List<ChunkKey> request = List.copyOf(keys);
    return isTooLarge(request)
        ? Flux.error(tooLarge(request))
        : requests.explainPrefix(request, mode);
  }

  @Override
  public Mono<RestoredBatch> restoreAll(List<ChunkKey> keys) {
    List<ChunkKey> request = List.copyOf(keys);
    return limited(request, () -> requests.restoreAll(request, mode));
  }

  @Override
  public Mono<List<IntoOutcome>> restoreInto(
      List<ChunkKey> keys, List<MemorySegment> outputs, Runnable onRelease) {
    List<ChunkKey> request = List.copyOf(keys);
    List<MemorySegment> targets = List.copyOf(outputs);
    if (targets.size() != request.size()) {
      throw new IllegalArgumentException(
          "outputs: expected one for each of the "
              + request.size()
              + " keys, found "
              + targets.size());
    }
    for (MemorySegment target : targets) {
      if (target.isReadOnly() || !target.isAccessibleBy(ANY_THREAD)) {
        throw new IllegalArgumentException(
            "outputs: expected writable memory that any thread may access, found " + target);
      }
    }
    return isTooLarge(request)
        ? Mono.<List<IntoOutcome>>error(tooLarge(request)).doFirst(onRelease)
        : requests.restoreInto(request, targets, mode, onRelease);
  }

  @Override
  public Mono<BorrowedPrefix> borrowPrefix(List<ChunkKey> keys) {
    List<ChunkKey> request = List.copyOf(keys);
    return limited(request, () -> requests.borrowPrefix(request));
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

  private <T> Mono<T> limited(List<ChunkKey> keys, Supplier<Mono<T>> request) {
    return isTooLarge(keys) ? Mono.error(tooLarge(keys)) : request.get();
  }

  private boolean isTooLarge(List<ChunkKey> keys) {
    return keys.size() > config.maxRequestKeys();
  }

  private RequestTooLargeException tooLarge(List<ChunkKey> keys) {
    return new RequestTooLargeException(keys.size(), config.maxRequestKeys());
  }

  @Override
  public String toString() {
    return "LocalChunkStore[" + config.devicePath() + "]";
  }
}
