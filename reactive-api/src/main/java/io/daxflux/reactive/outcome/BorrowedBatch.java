package io.daxflux.reactive.outcome;

import java.util.List;

/**
 * Chunks, each at its position, read where they lie: no copy, no output memory. What is said of
 * ownership and faults of {@link BorrowedPrefix} holds here, too.
 */
public interface BorrowedBatch extends AutoCloseable {
  /** As many as there were keys, in their order. */
  List<BorrowOutcome> outcomes();

  /**
   * The same, by segments that this batch's close does not end: they are accessible as long as the
   * store is open, and what lies there once the batch is closed may be anything. For code that
   * hands memory on, to a socket say, and knows when that is done with it: to end the lifetime of
   * segments costs a handshake with every thread of the process. New with every call.
   */
  default List<BorrowOutcome> unguarded() {
    return outcomes();
  }

  /** The chunks that were found, in the order of the request. */
  default List<BorrowedChunk> hits() {
    return outcomes().stream()
        .filter(BorrowedChunk.class::isInstance)
        .map(BorrowedChunk.class::cast)
        .toList();
  }

  /** The misses, in the order of the request. */
  default List<Hole> holes() {
    return outcomes().stream().filter(Hole.class::isInstance).map(Hole.class::cast).toList();
  }

  /**
   * Gives all of it back. Never blocks; further calls do nothing.
   *
   * @throws IllegalStateException while native code is using one of its segments; nothing is given
   *     back then, and the call can be repeated
   */
  @Override
  void close();
}
