package io.daxflux.reactive.outcome;

/**
 * What became of a put, and what was there before it. Whoever receives it closes it.
 *
 * @param outcome of the put
 * @param previous one position: the chunk that was there when the put was decided, replaced or
 *     kept, or a hole
 */
public record PutExchange(PutOutcome outcome, BorrowedBatch previous) implements AutoCloseable {
  /** Gives the chunk back that was there before. */
  @Override
  public void close() {
    previous.close();
  }
}
