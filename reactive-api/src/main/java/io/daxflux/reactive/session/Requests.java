package io.daxflux.reactive.session;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.RestoreMode;
import io.daxflux.reactive.outcome.BorrowedBatch;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.ChunkWriter;
import io.daxflux.reactive.outcome.DescribeOutcome;
import io.daxflux.reactive.outcome.Described;
import io.daxflux.reactive.outcome.Hole;
import io.daxflux.reactive.outcome.IntoOutcome;
import io.daxflux.reactive.outcome.PinnedPrefix;
import io.daxflux.reactive.outcome.PrefixEvent;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutStart;
import io.daxflux.reactive.outcome.RequestTooLargeException;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import io.daxflux.reactive.outcome.ScanPage;
import io.daxflux.reactive.outcome.StoreStatus;
import io.daxflux.store.Pin;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The requests of a store as publishers. Nothing happens before somebody subscribes and asks for
 * something; every subscriber gets a session of its own. Requests that name too many keys fail
 * before they reach the store, and give back what they were handed.
 */
public final class Requests {
  private final StoreLoop loop;

  /** Requests to this loop. */
  public Requests(StoreLoop loop) {
    this.loop = loop;
  }

  /** Puts a list, side by side. */
  public Flux<PutOutcome> put(List<Chunk> chunks, PutMode mode) {
    return put(chunks, mode, null, null);
  }

  /**
   * Puts a list, side by side, as a part of something larger.
   *
   * @param predecessor the chunk to lie behind; null for none
   * @param stream what this put is part of, and shares its turns with; null for nothing
   */
  public Flux<PutOutcome> put(
      List<Chunk> chunks, PutMode mode, @Nullable ChunkKey predecessor, @Nullable Object stream) {
    Flux<PutOutcome> puts =
        flux(subscriber -> new PutSession(loop, subscriber, chunks, mode, predecessor, stream));
    return Flux.defer(
        () -> {
          if (!claim(chunks)) {
            return Flux.error(
                new IllegalStateException(
                    "put: expected chunks that were not put before, found one with a release hook"
                        + " that was"));
          }
          if (isTooLarge(chunks)) {
            chunks.forEach(loop::release);
            return Flux.error(tooLarge(chunks));
          }
          return puts;
        });
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

  /** Gives back the payload of a chunk that never reached a put. */
  public void giveBack(Chunk chunk) {
    loop.release(chunk);
  }

  /** Begins a put whose bytes come part by part. */
  public Mono<PutStart> startPut(ChunkHead head, PutMode mode) {
    return mono(subscriber -> new StartSession(loop, subscriber, head, mode));
  }

  /** Ends several puts in one step. */
  public Mono<List<PutOutcome>> commitAll(List<ChunkWriter> writers) {
    List<LocalWriter> ours = new ArrayList<>(writers.size());
    Set<ChunkKey> keys = new HashSet<>();
    for (ChunkWriter writer : writers) {
      if (!(writer instanceof LocalWriter local) || !local.isOf(loop)) {
        throw new IllegalArgumentException(
            "commitAll: expected writers of this store, found " + writer);
      }
      if (!keys.add(writer.head().key())) {
        throw new IllegalArgumentException(
            "commitAll: expected one writer for each key, found another of " + writer.head().key());
      }
      ours.add(local);
    }
    if (ours.isEmpty()) {
      return Mono.just(List.of());
    }
    return isTooLarge(ours)
        ? Mono.error(tooLarge(ours))
        : mono(subscriber -> new OutcomeSession<>(loop, subscriber, ours, outcomes -> outcomes));
  }

  /** Restores every key to its position. */
  public Mono<RestoredBatch> restoreAll(List<ChunkKey> keys, RestoreMode mode) {
    return limited(keys, mono(subscriber -> new BatchSession(loop, subscriber, keys, mode)));
  }

  /**
   * Restores every key into the memory at its position.
   *
   * @param onRelease null where nobody needs to know; otherwise the request can be made once
   */
  public Mono<List<IntoOutcome>> restoreInto(
      List<ChunkKey> keys,
      List<MemorySegment> targets,
      RestoreMode mode,
      @Nullable Runnable onRelease) {
    if (onRelease == null) {
      return limited(
          keys,
          mono(subscriber -> new IntoSession(loop, subscriber, keys, targets, mode, () -> {})));
    }
    Mono<List<IntoOutcome>> restore =
        mono(subscriber -> new IntoSession(loop, subscriber, keys, targets, mode, onRelease));
    AtomicBoolean made = new AtomicBoolean();
    return Mono.defer(
        () -> {
          if (!made.compareAndSet(false, true)) {
            return Mono.error(
                new IllegalStateException(
                    "restoreInto: expected one subscriber, for the outputs are given back after it;"
                        + " found another"));
          }
          if (isTooLarge(keys)) {
            loop.runElsewhere(onRelease);
            return Mono.error(tooLarge(keys));
          }
          return restore;
        });
  }

  /** Restores the consecutive hits. */
  public Flux<RestoredChunk> restorePrefix(List<ChunkKey> keys, RestoreMode mode) {
    return isTooLarge(keys)
        ? Flux.error(tooLarge(keys))
        : flux(subscriber -> new PrefixSession<>(loop, subscriber, keys, mode, false));
  }

  /** Restores the consecutive hits, and says why there are no more. */
  public Flux<PrefixEvent> explainPrefix(List<ChunkKey> keys, RestoreMode mode) {
    return isTooLarge(keys)
        ? Flux.error(tooLarge(keys))
        : flux(subscriber -> new PrefixSession<>(loop, subscriber, keys, mode, true));
  }

  /** Lends the consecutive hits. */
  public Mono<BorrowedPrefix> borrowPrefix(List<ChunkKey> keys) {
    return limited(keys, mono(subscriber -> new BorrowSession(loop, subscriber, keys)));
  }

  /** Lends every hit at its position. */
  public Mono<BorrowedBatch> borrowAll(List<ChunkKey> keys) {
    return limited(keys, mono(subscriber -> new BorrowAllSession(loop, subscriber, keys)));
  }

  /** Pins the consecutive hits. */
  public Mono<PinnedPrefix> pinPrefix(List<ChunkKey> keys) {
    return limited(keys, query(() -> pin(keys)));
  }

  /** Counts the consecutive hits. */
  public Mono<Integer> prefixLength(List<ChunkKey> keys) {
    return limited(keys, query(() -> loop.usablePrefix(keys)));
  }

  /** Whether the chunk is there. */
  public Mono<Boolean> contains(ChunkKey key) {
    return query(() -> loop.store().contains(key));
  }

  /** Removes a chunk. */
  public Mono<Boolean> remove(ChunkKey key) {
    return mono(subscriber -> new RemoveSession<>(loop, subscriber, List.of(key), n -> n > 0));
  }

  /** Removes chunks. */
  public Mono<Integer> removeAll(List<ChunkKey> keys) {
    return limited(keys, mono(subscriber -> new RemoveSession<>(loop, subscriber, keys, n -> n)));
  }

  /** Removes all chunks. */
  public Mono<Long> clear() {
    return mono(subscriber -> new ClearSession(loop, subscriber));
  }

  /** What is known of each chunk. */
  public Mono<List<DescribeOutcome>> describe(List<ChunkKey> keys) {
    return limited(keys, query(() -> lookAt(keys)));
  }

  private List<DescribeOutcome> lookAt(List<ChunkKey> keys) {
    List<DescribeOutcome> outcomes = new ArrayList<>(keys.size());
    for (ChunkKey key : keys) {
      int index = outcomes.size();
      ChunkHead head = loop.store().catalogue().describe(key);
      outcomes.add(
          head == null
              ? new Hole(index, key, loop.reader().missReason(key))
              : new Described(index, head));
    }
    return List.copyOf(outcomes);
  }

  /** Some of the keys. */
  public Mono<ScanPage> scan(long cursor, int atMost) {
    return query(
        () -> {
          List<ChunkKey> keys = new ArrayList<>(atMost);
          long next = loop.store().catalogue().scan(cursor, atMost, keys::add);
          return new ScanPage(keys, next);
        });
  }

  /** How many chunks there are. */
  public Mono<Long> count() {
    return query(() -> (long) loop.store().catalogue().count());
  }

  /** Lets a chunk expire at another time. */
  public Mono<Boolean> expire(ChunkKey key, long expiresAtMs) {
    return mono(subscriber -> new ExpireSession(loop, subscriber, key, expiresAtMs));
  }

  /** The store in numbers. */
  public Mono<StoreStatus> status() {
    return query(loop::status);
  }

  private PinnedPrefix pin(List<ChunkKey> keys) {
    int usable = loop.usablePrefix(keys);
    List<Pin> pins = new ArrayList<>(usable);
    for (ChunkKey key : keys.subList(0, usable)) {
      pins.add(loop.store().pin(key));
    }
    return loop.handles().handedOut(new PinHandle(loop, pins));
  }

  private boolean isTooLarge(List<?> named) {
    return named.size() > loop.config().maxRequestKeys();
  }

  private RequestTooLargeException tooLarge(List<?> named) {
    return new RequestTooLargeException(named.size(), loop.config().maxRequestKeys());
  }

  private <T> Mono<T> limited(List<ChunkKey> keys, Mono<T> request) {
    return isTooLarge(keys) ? Mono.error(tooLarge(keys)) : request;
  }

  private <T> Mono<T> query(Supplier<T> question) {
    return mono(subscriber -> new QuerySession<>(loop, subscriber, question));
  }

  static <T> Mono<T> mono(Function<CoreSubscriber<? super T>, Session<T>> session) {
    return new Mono<>() {
      @Override
      public void subscribe(CoreSubscriber<? super T> subscriber) {
        session.apply(subscriber).start(subscriber);
      }
    };
  }

  private static <T> Flux<T> flux(Function<CoreSubscriber<? super T>, Session<T>> session) {
    return new Flux<>() {
      @Override
      public void subscribe(CoreSubscriber<? super T> subscriber) {
        session.apply(subscriber).start(subscriber);
      }
    };
  }
}
