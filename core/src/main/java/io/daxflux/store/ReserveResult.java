package io.daxflux.store;

/** The answer to a put's first question: is there a place for it? */
public sealed interface ReserveResult {
  /** There is; write to it, then commit or abort. */
  record Reserved(Reservation reservation) implements ReserveResult {}

  /** Another put of the key is under way: ask again once it has settled. */
  record Busy(Reservation current) implements ReserveResult {}

  /** There is none, and the put ends with that. */
  sealed interface Refusal extends ReserveResult {}

  /** The key is there, and what is there is kept. */
  record Present() implements Refusal {}

  /** The key is not there, and was to be replaced. */
  record Absent() implements Refusal {}

  /**
   * There is no run for it, and everything that could make one is pinned, read or written: in the
   * arena, or in the record area.
   *
   * @param askedBytes what was needed, in whole blocks or units
   * @param freeBytes what is free
   * @param largestRunBytes the longest free run
   */
  record NoSpace(long askedBytes, long freeBytes, long largestRunBytes) implements Refusal {}

  /**
   * It could never fit.
   *
   * @param bytes what it has
   * @param limitBytes what the arena can hold
   */
  record TooLarge(long bytes, long limitBytes) implements Refusal {}
}
