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
import io.daxflux.reactive.session.Delivery;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A store of KV chunks: put them, and restore the longest prefix of a prompt that is there.
 *
 * {@snippet :
 * ReactiveChunkStore store = ReactiveChunkStore.open(config).block();
 * store.putAll(chunks, PutMode.KEEP_EXISTING).collectList().block();
 * store
 *     .restorePrefix(keys)
 *     .doOnNext(
 *         chunk -> {
 *           try (chunk) {
 *             engine.load(chunk.index(), chunk.segment());
 *           }
 *         })
 *     .blockLast();
 * store.close().block();
 * }
 *
 * <h2>Which request gives what</h2>
 *
 * Where the chunks A, B and D are in the store, and C is not:
 *
 * <pre>
 *   keys            A         B         C              D
 *   in the store    yes       yes       no             yes
 *
 *   prefixLength    2
 *   restorePrefix   A ─────── B ─┤                                     copies, one after the other
 *   explainPrefix   A ─────── B ─────── end(2, MISS, ABSENT) ─┤        the same, and why it ended
 *   restoreAll    [ A,        B,        hole(ABSENT),  D       ]       copies, all at once
 *   restoreInto   [ filled,   filled,   hole(ABSENT),  filled  ]       in memory of the caller's
 *   borrowPrefix  [ A,        B ]                                      no copies: read in place
 *   borrowAll     [ A,        B,        hole(ABSENT),  D       ]       no copies, all at once
 *   pinPrefix     [ A,        B ]                                      not evicted until closed
 * </pre>
 *
 * <h2>When work happens</h2>
 *
 * With the first demand of a subscriber, each time anew (a stream of puts: with the subscription);
 * a publisher that nobody subscribes to does nothing. No call blocks. {@code block()} works from
 * ordinary and virtual threads and fails at once on a thread that is marked as non-blocking; before
 * it waits, such a caller copies small parts of what it asked for itself.
 *
 * <h2>Thread of delivery</h2>
 *
 * Signals arrive on the delivery scheduler, whose threads must not block, and never on the store's
 * own thread or on a copy worker; a slow subscriber holds up nobody but itself and those who share
 * its delivery thread. A subscriber with threads of its own, which must not block either, names
 * them by {@link #DELIVERY}. Four things are otherwise: {@link #open} and {@link #close} end on a
 * thread that may block, a request that names too many keys fails on the thread that subscribes,
 * and a subscriber that its own thread will wait at (as in {@code block()}) may be told there,
 * unless it or the builder names other threads.
 *
 * <h2>Ownership</h2>
 *
 * Whoever receives a {@link RestoredChunk}, {@link RestoredBatch}, {@link BorrowedPrefix}, {@link
 * BorrowedBatch}, {@link PinnedPrefix} or {@link ChunkWriter} owns it and closes it, on any thread.
 * What is not closed is missing: output memory to other restores, space of the arena to puts. What
 * a cancelled subscriber no longer receives is closed by the store; for operators that queue, see
 * {@link RestoredChunk}. Memory that the caller brings, payload or outputs, stays the caller's, and
 * is given back by a hook.
 *
 * <h2>Errors</h2>
 *
 * What concerns one chunk is an outcome. What concerns a request as a whole is a {@link
 * io.daxflux.reactive.outcome.StoreException}, whose category says what to do: {@code
 * BusyException} where the ring is full, {@code ClosedException} once the store is closing, {@code
 * RequestTooLargeException} beyond {@code dax.max_request_keys}, {@code RequestFailedException}
 * where the software failed. Puts have outcomes for the first two as well. {@code docs/errors.md}
 * lists every outcome and every error.
 *
 * <h2>Cancellation</h2>
 *
 * A cancelled request is delivered nothing more. Regions that are being copied end at their next
 * slice; only then are outputs freed and leases returned. A deadline ({@code timeout}) is a
 * cancellation.
 *
 * <h2>After close</h2>
 *
 * Requests fail with {@code ClosedException}, puts have the outcome {@code Refused}, and {@link
 * #events} is over. Handles may still be closed; the use of what they stood for throws {@link
 * IllegalStateException}.
 *
 * <p>Thread-safe.
 */
public interface ReactiveChunkStore {
  /**
   * Names, in a subscriber's {@code Context}, the {@link reactor.core.scheduler.Scheduler} on which
   * it is delivered its signals, in place of the store's: a server that has an event loop for each
   * connection saves a hop between threads by it. Where that scheduler no longer takes work,
   * signals come on one that does. A store that is not in this process may take no notice of it.
   */
  String DELIVERY = Delivery.KEY;

  /**
   * Opens a store with its defaults. Work happens on demand, on a thread that may block, which is
   * also the thread of delivery. The subscriber owns the store and {@linkplain #close() closes} it;
   * a store that nobody receives is closed.
   *
   * @return the store, empty: nothing is read back from the device. Fails with {@link
   *     io.daxflux.device.DeviceException} where device or memory is not to be had, and with {@link
   *     IllegalArgumentException} where either has not even one block; it leaves nothing behind
   *     then
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
   * for a few at a time, twice {@code dax.restore_max_regions}, so a slow store slows its source
   * down. The stream has no limit on its length.
   *
   * <p>A chunk that was taken from the source belongs to the store until its release hook has run;
   * the hook runs also where the put is cancelled or refused.
   *
   * @return an outcome for every chunk, in their order. An error of the source is passed on behind
   *     the outcomes of the chunks before it. A put that is cancelled never becomes visible, unless
   *     it was committed, or accepted ({@code dax.async_put}), before
   */
  Flux<PutOutcome> putAll(Publisher<Chunk> chunks, PutMode mode);

  /**
   * Stores a list of chunks, side by side where there is room, so that they restore as one span.
   * Each is committed by itself, as soon as its bytes are there. Chunks and cancellation are as
   * {@linkplain #putAll(Publisher, PutMode) above}.
   *
   * @param chunks at most {@code dax.max_request_keys}
   * @return an outcome for every chunk, in their order; one that fails does not harm the others
   */
  Flux<PutOutcome> putAll(List<Chunk> chunks, PutMode mode);

  /**
   * Begins a put whose bytes come part by part, as from a socket: reserves a place for all of them.
   * The chunk is in nobody's way until it is committed: other puts of its key go before it, and a
   * removal does not concern it. What the mode demands is looked at now, so that no bytes come in
   * vain, and again at the commit, which decides. {@code dax.async_put} does not matter here.
   *
   * @return the writer, which its receiver owns and ends; or why there is none. One that nobody
   *     receives is closed
   */
  Mono<PutStart> startPut(ChunkHead head, PutMode mode);

  /**
   * Ends several puts as {@link ChunkWriter#commit} ends one, so that all chunks become visible at
   * once, or none: nobody sees some of them new and others old. This is what is seen, and not what
   * a crash leaves: one that comes before this completes may leave some of them.
   *
   * @param writers of this store and not ended, each of another key, at most {@code
   *     dax.max_request_keys}
   * @return what became of each, in their order; where one cannot be stored, the others are {@code
   *     HeldBack}. One that is removed meanwhile is {@code Withdrawn}, as if it had been removed
   *     right after; the others are stored. Fails as {@code commit} does, where bytes of one are
   *     missing or it had ended; then none is stored, and all places are given back
   * @throws IllegalArgumentException where the writers are not such; they stay open
   */
  Mono<List<PutOutcome>> commitAll(List<ChunkWriter> writers);

  /** Stores one chunk, and keeps what is there already. */
  default Mono<PutOutcome> put(Chunk chunk) {
    return putAll(List.of(chunk), PutMode.KEEP_EXISTING).single();
  }

  /**
   * How many of these keys a prefix request would be served now: consecutive hits from the first; 0
   * where they are fewer than {@code min_retrieve_tokens} make, or nothing is retrieved at all
   * ({@code retrieve_locations}). Does not touch their recency. By the time the answer is there,
   * chunks may have come or gone: to be sure of them, {@linkplain #pinPrefix pin} them.
   */
  Mono<Integer> prefixLength(List<ChunkKey> keys);

  /**
   * Keeps the consecutive hits, as {@link #prefixLength} counts them, from being evicted until the
   * handle is closed. Does not touch their recency. The subscriber owns the handle, also where it
   * is empty; one that nobody receives is closed.
   */
  Mono<PinnedPrefix> pinPrefix(List<ChunkKey> keys);

  /**
   * Restores the consecutive hits, in order, each as soon as its bytes are there, and completes at
   * the first miss. The subscriber owns each chunk it receives and closes it.
   *
   * <p>Demand reaches down to the output memory: no more is taken than was asked for.
   *
   * <pre>
   *   request(2)                        request(1)          close A, close B
   *       │                                 │                      │
   *   ────┴───── A ──── B ──────────────────┴─────────── C ────────┴─────────┤
   *        A and B are copied           C is copied,             their memory serves
   *                                     and not before           other restores
   * </pre>
   *
   * <p>Where memory is short the stream waits: for other receivers to give theirs back, at most
   * {@code dax.restore_wait}; where all that is out is its own subscriber's, 200 ms from what it
   * last gave back. Then it completes with the prefix delivered so far. A subscriber that collects
   * more than the output memory holds therefore gets what fits.
   *
   * <p>Chunks that are leased ahead, at most {@code dax.stream_arena_share} of the arena, are not
   * evicted meanwhile. In return a stream that is asked for nothing for {@code dax.lease_max_age}
   * fails with {@code StreamIdleException}; what it has delivered stays its subscriber's.
   */
  Flux<RestoredChunk> restorePrefix(List<ChunkKey> keys);

  /**
   * {@link #restorePrefix}, with a last element that says why there are no more. It comes before
   * completion, and not with an error or after a cancel; it needs demand like any other.
   */
  Flux<PrefixEvent> explainPrefix(List<ChunkKey> keys);

  /**
   * Restores every key to its position, misses as holes with a reason. Keys may repeat: each
   * position has a copy of its own. {@code min_retrieve_tokens} does not matter here.
   *
   * <p>All hits or an error: {@code OutputBudgetException} where the output memory does not hold
   * them now. It does not wait for memory, since callers who each hold a half would wait for ever.
   * The subscriber owns the batch and closes it; one that nobody receives is closed.
   */
  Mono<RestoredBatch> restoreAll(List<ChunkKey> keys);

  /**
   * Restores every key into the memory at its position, from its start. It takes no output memory,
   * so it neither waits nor fails for want of it.
   *
   * <p>The outputs stay the caller's. From the first demand on the store may write to them, also
   * after a cancel, until {@code onRelease} has run: keep them open until then, and do not read
   * them or use them for anything else.
   *
   * @param outputs as many as keys, each at least as long as its chunk, on the heap or off it,
   *     writable, and accessible to any thread
   * @param onRelease runs once, on any thread, when the store no longer writes to the outputs:
   *     before the result is delivered, or, after a cancel or an error, when the last region is
   *     out. Must not block. Does not run where nobody subscribes
   * @return for one subscriber: a second one, a retry too, fails with {@code
   *     IllegalStateException}, for by then the outputs were given back
   * @throws IllegalArgumentException where the outputs are not such memory
   */
  Mono<List<IntoOutcome>> restoreInto(
      List<ChunkKey> keys, List<MemorySegment> outputs, Runnable onRelease);

  /**
   * Restores every key into the memory at its position, for callers who neither cancel nor need to
   * know when the store has let go after an error. May be subscribed to again.
   *
   * @throws IllegalArgumentException where the outputs are not as {@linkplain #restoreInto(List,
   *     List, Runnable) above}
   */
  Mono<List<IntoOutcome>> restoreInto(List<ChunkKey> keys, List<MemorySegment> outputs);

  /**
   * Lends the consecutive hits, as {@link #prefixLength} counts them, where they lie, without a
   * copy and without output memory: it costs the same whatever the chunks' size. They are neither
   * evicted nor reused until the handle is closed. The subscriber owns the handle, also where it is
   * empty; one that nobody receives is closed. What the reader must know of memory that faults is
   * with {@link BorrowedPrefix}.
   */
  Mono<BorrowedPrefix> borrowPrefix(List<ChunkKey> keys);

  /**
   * Lends every chunk at its position, as {@link #borrowPrefix} does, misses as holes with a
   * reason. Keys may repeat. {@code min_retrieve_tokens} does not matter here. The subscriber owns
   * the handle, also where there are holes alone; one that nobody receives is closed.
   */
  Mono<BorrowedBatch> borrowAll(List<ChunkKey> keys);

  /** Whether the chunk is there. Does not touch its recency. */
  Mono<Boolean> contains(ChunkKey key);

  /**
   * Removes a chunk, pinned or not; who reads it reads to the end. A put of it that is under way is
   * taken back. Completes when the chunk would be gone after a crash, too; where the device fails
   * to forget it, with {@code RecordFaultException}: it is gone from this store, but may be found
   * again when the device is opened anew.
   *
   * @return whether there was anything to remove
   */
  Mono<Boolean> remove(ChunkKey key);

  /**
   * Removes chunks as {@link #remove} does. A key that is named twice counts once.
   *
   * @return how many there were
   */
  Mono<Integer> removeAll(List<ChunkKey> keys);

  /**
   * Removes all chunks that are there from now until the end, some at a time, so that nobody waits
   * for it. Of those that come meanwhile some may go, too. A cancel ends it where it is.
   *
   * @return how many were removed
   */
  Mono<Long> clear();

  /**
   * What is known of each chunk, at its position, but for its bytes. Does not touch their recency.
   */
  Mono<List<DescribeOutcome>> describe(List<ChunkKey> keys);

  /**
   * Some of the keys, in no order: call it with cursor 0, and then with the {@link ScanPage#next()}
   * of the page before, until that is 0. The store keeps nothing of it in between. A chunk that is
   * there all the time stands on at least one page, and possibly on several; one that comes or goes
   * meanwhile may or may not.
   *
   * @param cursor 0, or what a page of this store said; any other number starts anywhere
   * @param atMost how many keys are wished for, from 1 on and at most 1,000 at once; a page may
   *     have a few more, or less
   * @throws IllegalArgumentException where {@code atMost} is not positive
   */
  Mono<ScanPage> scan(long cursor, int atMost);

  /** How many chunks there are. */
  Mono<Long> count();

  /**
   * Lets a chunk expire at this time, or never. From its expiry on it is a miss, and it is removed
   * soon after; who reads it reads to the end. The time is kept with the chunk: completes when it
   * would be found after a crash, too; where the device fails to note it, with {@code
   * RecordFaultException}: it holds for this store, and may not for the next that opens the device.
   *
   * @param expiresAtMs milliseconds of the epoch, one that is over as well; {@link ChunkHead#NEVER}
   *     for never
   * @return whether the chunk was there
   * @throws IllegalArgumentException beyond {@link ChunkHead#MOST_EXPIRES_AT_MS}
   */
  Mono<Boolean> expire(ChunkKey key, long expiresAtMs);

  /**
   * What happens to chunks from the subscription on, until the store has closed. A listener that
   * falls far behind, by 1,024 events, misses what happens meanwhile; it holds up nobody.
   */
  Flux<StoreEvent> events();

  /** The store in numbers, as of the moment in which the store's thread answers. */
  Mono<StoreStatus> status();

  /**
   * This store, with restores that copy in the given mode whatever the configuration says. A second
   * view of the same store: closing either closes both.
   */
  ReactiveChunkStore restoring(RestoreMode mode);

  /**
   * Closes the store: takes in no more requests, lets those under way end within {@code
   * dax.close_grace}, cancels the rest, and gives back threads, memory, device and lock. Handles
   * that are still out by then are revoked: their use fails.
   *
   * <p>Begins at once, with or without a subscriber, and goes on when the subscriber cancels;
   * everyone who calls it is told the same, when all is done, on a thread that may block. Nothing
   * is written back: what was stored is gone with the store.
   *
   * @return completes when everything was given back; fails with {@link IllegalStateException}
   *     where a part could not be, which its cause names
   */
  Mono<Void> close();
}
