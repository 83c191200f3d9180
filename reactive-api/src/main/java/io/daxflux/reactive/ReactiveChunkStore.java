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
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import io.daxflux.reactive.outcome.StoreEvent;
import io.daxflux.reactive.outcome.StoreStatus;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A store of KV chunks: put them, and restore the longest prefix of a prompt that is there.
 *
 * <h2>When work happens</h2>
 *
 * With the first demand of a subscriber, each time anew (a stream of puts: with the subscription); a
 * publisher that nobody subscribes to does nothing. No call blocks. {@code block()} works from ordinary and virtual threads and fails at
 * once on a thread that is marked as non-blocking.
 *
 * <h2>Thread of delivery</h2>
 *
 * Signals arrive on the delivery scheduler, whose threads must not block, and never on the store's
 * own thread or on a copy worker; a slow subscriber holds up nobody but itself.
 *
 * <h2>Errors</h2>
 *
 * What concerns one chunk is an outcome. What concerns a request as a whole is a {@link
 * io.daxflux.reactive.outcome.StoreException}, whose category says what to do: {@code
 * BusyException} where the ring is full, {@code ClosedException} once the store is closing, {@code
 * RequestTooLargeException} beyond {@code dax.max_request_keys}, {@code RequestFailedException} where
 * the software failed.
 *
 * <h2>Cancellation</h2>
 *
 * A cancelled request is delivered nothing more. Regions that are being copied end at their next
 * slice; only then are outputs freed and leases returned. A deadline ({@code timeout}) is a
 * cancellation.
 *
 * <p>Thread-safe.
 */
public interface ReactiveChunkStore {
  /**
   * Opens a store with its defaults. Work happens on subscription, on a thread that may block;
   * failures are {@code DeviceException}s and {@code ConfigException}s, and leave nothing behind.
   * The subscriber owns the store and {@linkplain #close() closes} it.
   */
  static Mono<ReactiveChunkStore> open(DaxfluxConfig config) {
    return builder(config).open();
  }

  /** Starts a store whose schedulers or device are the caller's to choose. */
  static StoreBuilder builder(DaxfluxConfig config) {
    return new StoreBuilder(config);
  }

  /**
   * Stores chunks as they come, each behind the one before it where there is room. Asks the source
   * for a few at a time, so a slow store slows its source down.
   *
   * @return an outcome for every chunk, in their order. An error of the source is passed on; what
   *     came before it stays stored. A cancelled put never becomes visible, unless it was accepted
   *     before ({@code dax.async_put})
   */
  Flux<PutOutcome> putAll(Publisher<Chunk> chunks, PutMode mode);

  /**
   * Stores a list of chunks side by side, so that they restore as one span.
   *
   * @return an outcome for every chunk, in their order; one that fails does not harm the others
   */
  Flux<PutOutcome> putAll(List<Chunk> chunks, PutMode mode);

  /** Stores one chunk, and keeps what is there already. */
  default Mono<PutOutcome> put(Chunk chunk) {
    return putAll(List.of(chunk), PutMode.KEEP_EXISTING).single();
  }

  /**
   * How many of these keys a prefix request would be served now: consecutive hits from the first; 0
   * where they are fewer than {@code min_retrieve_tokens} make. Does not touch their recency.
   */
  Mono<Integer> prefixLength(List<ChunkKey> keys);

  /**
   * Keeps the consecutive hits from being evicted until the handle is closed. The subscriber owns
   * the handle; one that nobody receives is closed.
   */
  Mono<PinnedPrefix> pinPrefix(List<ChunkKey> keys);

  /**
   * Restores the consecutive hits, in order, each as soon as its bytes are there, and completes at
   * the first miss. The subscriber owns each chunk it receives and closes it.
   *
   * <p>Demand reaches down to the output memory: no more is taken than was asked for. Where memory
   * is short the stream waits for other receivers to give theirs back, at most {@code
   * dax.restore_wait}, and hardly at all if all that is out is its own subscriber's; then it
   * completes with the prefix delivered so far. Without demand for {@code dax.lease_max_age} it
   * fails with {@code StreamIdleException}.
   */
  Flux<RestoredChunk> restorePrefix(List<ChunkKey> keys);

  /** {@link #restorePrefix}, with a last element that says why there are no more. */
  Flux<PrefixEvent> explainPrefix(List<ChunkKey> keys);

  /**
   * Restores every key to its position, misses as holes with a reason. All hits or an error: {@code
   * OutputBudgetException} where the output memory does not hold them. The subscriber owns the
   * batch and closes it; one that nobody receives is closed.
   */
  Mono<RestoredBatch> restoreAll(List<ChunkKey> keys);

  /**
   * Restores every key into the memory at its position, which stays the caller's.
   *
   * @param outputs as many as keys, writable, and accessible to any thread
   * @param onRelease runs once, on any thread, when the store no longer writes to the outputs:
   *     before the result is delivered, or, after a cancel or an error, when the last region is
   *     out. Must not block
   * @return for one subscriber: a second one, a retry too, fails with {@code IllegalStateException},
   *     for by then the outputs were given back
   * @throws IllegalArgumentException where the outputs are not such memory
   */
  Mono<List<IntoOutcome>> restoreInto(
      List<ChunkKey> keys, List<MemorySegment> outputs, Runnable onRelease);

  /**
   * Restores every key into the memory at its position, for callers who neither cancel nor need to
   * know when the store has let go after an error.
   */
  Mono<List<IntoOutcome>> restoreInto(List<ChunkKey> keys, List<MemorySegment> outputs);

  /**
   * Lends the consecutive hits where they lie, without a copy. The subscriber owns the handle; one
   * that nobody receives is closed.
   */
  Mono<BorrowedPrefix> borrowPrefix(List<ChunkKey> keys);

  /** Whether the chunk is there. Does not touch its recency. */
  Mono<Boolean> contains(ChunkKey key);

  /**
   * Removes a chunk, pinned or not; who reads it reads to the end. A put of it that is under way is
   * taken back.
   *
   * @return whether there was anything to remove
   */
  Mono<Boolean> remove(ChunkKey key);

  /** What happens to chunks from now on. A listener that falls far behind misses the oldest. */
  Flux<StoreEvent> events();

  /** The store in numbers, as of now. */
  Mono<StoreStatus> status();

  /** This store, with restores that copy in the given mode whatever the configuration says. */
  ReactiveChunkStore restoring(RestoreMode mode);

  /**
   * Closes the store: takes in no more requests, lets those under way end within {@code
   * dax.close_grace}, cancels the rest, and gives back threads, memory, device and lock. Handles
   * that are still out by then are revoked: their use fails.
   *
   * <p>Begins at once, with or without a subscriber; everyone who calls it is told the same, when
   * all is done.
   */
  Mono<Void> close();
}
