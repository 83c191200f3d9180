package io.daxflux.reactive.outcome;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.PutMode;
import java.lang.foreign.MemorySegment;
import reactor.core.publisher.Mono;

/**
 * A chunk that is being put part by part: a place is reserved for all of it, and nobody sees it
 * before it is committed.
 *
 * {@snippet :
 * Mono<PutOutcome> outcome =
 *     store
 *         .startPut(ChunkHead.of(key, ChunkLayout.blob(bytes)), PutMode.REPLACE)
 *         .flatMap(
 *             start ->
 *                 switch (start) {
 *                   case NotStarted(PutOutcome refused) -> Mono.just(refused);
 *                   case ChunkWriter writer ->
 *                       Flux.from(parts)
 *                           .concatMap(writer::write)
 *                           .then(writer.commit())
 *                           .doFinally(_ -> writer.close());
 *                 });
 * }
 *
 * <h2>Ownership</h2>
 *
 * Whoever receives it ends it, once: by {@link #commit()} or {@link #exchange()}, or by {@link
 * #close()}, which gives the place back. Until then the place is taken, and cannot be evicted. A
 * writer that is given nothing to do for {@code dax.lease_max_age}, at the latest after twice that,
 * is ended by the store, and so is one that was not told to commit when the store begins to close.
 *
 * <h2>Threads</h2>
 *
 * Any thread may call, one at a time. Parts are copied by the copy workers, those of one writer in
 * the order in which they were subscribed to, those of several side by side; {@link #tryWrite}
 * copies on the thread that calls it. Signals arrive on the delivery scheduler.
 */
public non-sealed interface ChunkWriter extends PutStart, AutoCloseable {
  /** What is being put. */
  ChunkHead head();

  /**
   * Appends bytes to those that were written before. Work begins with the subscription, without
   * demand, and goes on if it is cancelled: there is no taking back a part but by {@link #close()}.
   * The next part may be written before this one is done; who waits for it is slowed down to what
   * the store can take.
   *
   * <p>Where memory faults, the part is taken as any other, and so are those that follow: the
   * commit's outcome says so.
   *
   * @param part on the heap or off it, and accessible to any thread. From the subscription on it
   *     must stay as it is until {@code onRelease} has run
   * @param onRelease runs once, on any thread, when the store no longer reads the part: before
   *     completion is delivered, and also after a cancel or an error. Must not block. Does not run
   *     where nobody subscribes
   * @return completes when the part's bytes are copied, for one subscriber. Fails where the writer
   *     has ended: with {@code StreamIdleException} or {@code ClosedException} where the store
   *     ended it, with {@link IllegalStateException} where its owner did; and with {@link
   *     IllegalArgumentException} where the part is longer than what is missing
   * @throws IllegalArgumentException where only one thread may access the part
   */
  Mono<Void> write(MemorySegment part, Runnable onRelease);

  /**
   * Appends bytes at once, on the calling thread, where that holds it up no longer than a small
   * copy does: a part of at most 256 KiB, behind which nothing waits, for a place whose pages are
   * in memory. Of use to event loops, whose parts are in the cache.
   *
   * @param part on the heap or off it
   * @return whether they are appended, and the part is no longer read; if not, nothing has
   *     happened, and {@link #write} takes them, or says why not
   */
  default boolean tryWrite(MemorySegment part) {
    return false;
  }

  /** Appends bytes, for callers who neither cancel nor need to know more than completion. */
  default Mono<Void> write(MemorySegment part) {
    return write(part, () -> {});
  }

  /**
   * Says anew what the commit demands and when the chunk is to be forgotten, for senders who say so
   * behind the bytes. Holds for a commit that is asked for afterwards.
   *
   * @param mode what the commit looks at, in place of the mode the put was started with
   * @param expiresAtMs in place of the head's, as {@link ChunkHead#expiresAtMs()}
   * @throws IllegalArgumentException where there can be no such time
   */
  void revise(PutMode mode, long expiresAtMs);

  /**
   * Ends the put: makes the chunk visible, once the parts before it are copied and its record is
   * written down. Work begins with the first demand; it is never refused for want of room in the
   * ring. A cancel that comes before the chunk is visible takes it back.
   *
   * @return what became of it. Fails with {@link IllegalStateException} where bytes are missing, or
   *     the writer had ended before, and with {@code StreamIdleException} where it was idle; it is
   *     not stored then, and its place is given back
   */
  Mono<PutOutcome> commit();

  /**
   * Ends the put as {@link #commit()} does, and lends the chunk that was there in the very moment
   * in which it was decided: the one that was replaced, or kept. It is verified first if it has to
   * be.
   *
   * @return both, for the subscriber to close; one that nobody receives is closed. Fails as {@code
   *     commit} does, and with {@code ClosedException} where the store had ended the writer
   */
  Mono<PutExchange> exchange();

  /**
   * Gives the put up, unless it was told to commit: its place is free as soon as the part that is
   * being copied is out. Never blocks; further calls do nothing.
   */
  @Override
  void close();
}
