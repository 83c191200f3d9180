package io.daxflux.reactive.session;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.RestoreMode;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.IntoOutcome;
import io.daxflux.reactive.outcome.PinnedPrefix;
import io.daxflux.reactive.outcome.PrefixEvent;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import io.daxflux.reactive.outcome.StoreStatus;
import io.daxflux.store.Lease;
import io.daxflux.store.Pin;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The requests of a store as publishers. Nothing happens before somebody subscribes and asks for
 * something; every subscriber gets a session of its own.
 */
public final class Requests {
  private final StoreLoop loop;

  /** Requests to this loop. */
  public Requests(StoreLoop loop) {
    this.loop = loop;
  }

  /**
   * Puts a list, side by side, behind {@code predecessor} where there is one. Fails with {@code
   * IllegalStateException} where one of them was put before and must not be again.
   */
  public Flux<PutOutcome> put(List<Chunk> chunks, PutMode mode, @Nullable ChunkKey predecessor) {
    Flux<PutOutcome> puts =
        flux(subscriber -> new PutSession(loop, subscriber, chunks, mode, predecessor));
    return Flux.defer(() -> claim(chunks) ? puts : Flux.error(putTwice()));
  }

  /** Takes all of the chunks; where one was put before, those that were not go back. */
  private boolean claim(List<Chunk> chunks) {
    for (int i = 0; i < chunks.size(); i++) {
      if (!chunks.get(i).claim()) {
        chunks.subList(0, i).forEach(loop::release);
        return false;
      }
    }
    return true;
  }

  private static IllegalStateException putTwice() {
    return new IllegalStateException(
        "put: expected chunks that were not put before, found one with a release hook that was");
  }

  /** Restores every key to its position. */
  public Mono<RestoredBatch> restoreAll(List<ChunkKey> keys, RestoreMode mode) {
    return mono(subscriber -> new BatchSession(loop, subscriber, keys, mode));
  }

  /** Restores every key into the memory at its position. */
  public Mono<List<IntoOutcome>> restoreInto(
      List<ChunkKey> keys, List<MemorySegment> targets, RestoreMode mode, Runnable onRelease) {
    return mono(subscriber -> new IntoSession(loop, subscriber, keys, targets, mode, onRelease));
  }

  /** Restores the consecutive hits. */
  public Flux<RestoredChunk> restorePrefix(List<ChunkKey> keys, RestoreMode mode) {
    return flux(subscriber -> new PrefixSession<>(loop, subscriber, keys, mode, false));
  }

  /** Restores the consecutive hits, and says why there are no more. */
  public Flux<PrefixEvent> explainPrefix(List<ChunkKey> keys, RestoreMode mode) {
    return flux(subscriber -> new PrefixSession<>(loop, subscriber, keys, mode, true));
  }

  /** Lends the consecutive hits. */
  public Mono<BorrowedPrefix> borrowPrefix(List<ChunkKey> keys) {
    return query(() -> borrow(keys));
  }

  /** Pins the consecutive hits. */
  public Mono<PinnedPrefix> pinPrefix(List<ChunkKey> keys) {
    return query(() -> pin(keys));
  }

  /** Counts the consecutive hits. */
  public Mono<Integer> prefixLength(List<ChunkKey> keys) {
    return query(() -> loop.usablePrefix(keys));
  }

  /** Whether the chunk is there. */
  public Mono<Boolean> contains(ChunkKey key) {
    return query(() -> loop.store().contains(key));
  }

  /** Removes a chunk. */
  public Mono<Boolean> remove(ChunkKey key) {
    return query(() -> loop.store().remove(key));
  }

  /** The store in numbers. */
  public Mono<StoreStatus> status() {
    return query(loop::status);
  }

  private BorrowedPrefix borrow(List<ChunkKey> keys) {
    int usable = loop.usablePrefix(keys);
    List<Lease> leases = new ArrayList<>(usable);
    for (ChunkKey key : keys.subList(0, usable)) {
      Lease lease = loop.store().lease(key);
      loop.counters().hit(0);
      leases.add(lease);
    }
    if (usable < keys.size()) {
      loop.counters().missed();
    }
    return new BorrowHandle(loop, leases);
  }

  private PinnedPrefix pin(List<ChunkKey> keys) {
    int usable = loop.usablePrefix(keys);
    List<Pin> pins = new ArrayList<>(usable);
    for (ChunkKey key : keys.subList(0, usable)) {
      pins.add(loop.store().pin(key));
    }
    return new PinHandle(loop, pins);
  }

  private <T> Mono<T> query(Supplier<T> question) {
    return mono(subscriber -> new QuerySession<>(loop, subscriber, question));
  }

  private static <T> Mono<T> mono(Function<CoreSubscriber<? super T>, Session<T>> session) {
    return new Mono<>() {
      @Override
      public void subscribe(CoreSubscriber<? super T> subscriber) {
        subscriber.onSubscribe(session.apply(subscriber));
      }
    };
  }

  private static <T> Flux<T> flux(Function<CoreSubscriber<? super T>, Session<T>> session) {
    return new Flux<>() {
      @Override
      public void subscribe(CoreSubscriber<? super T> subscriber) {
        subscriber.onSubscribe(session.apply(subscriber));
      }
    };
  }
}
