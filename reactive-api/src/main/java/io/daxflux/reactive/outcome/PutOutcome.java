package io.daxflux.reactive.outcome;

import io.daxflux.chunk.ChunkKey;

/**
 * What became of one chunk of a put. Every chunk gets exactly one; none harms the others.
 *
 * <p>To retry is to put a new {@link io.daxflux.chunk.Chunk}: with its outcome the payload of this
 * one is given back, unless it was {@link Accepted}. The release hook may run before the outcome is
 * delivered or a moment after.
 */
public sealed interface PutOutcome {
  /** The chunk's name. */
  ChunkKey key();

  /** Whether the chunk is in the store, or will be: now, already, or as soon as it is written. */
  default boolean isKept() {
    return switch (this) {
      case Stored _, Accepted _, AlreadyPresent _ -> true;
      case Absent _, NoSpace _, TooLarge _, Refused _, Withdrawn _, HeldBack _, Failed _ -> false;
    };
  }

  /**
   * Committed: readable from now on.
   *
   * @param bytes the payload's length
   */
  record Stored(ChunkKey key, long bytes) implements PutOutcome {}

  /**
   * A place was found and the copy is under way ({@code dax.async_put: true}). The payload must
   * stay as it is until the chunk is released. Where the put then comes to nothing, the log says so
   * and the chunk is a miss.
   *
   * @param bytes the payload's length
   */
  record Accepted(ChunkKey key, long bytes) implements PutOutcome {}

  /** There was a chunk of this name, and it was kept. */
  record AlreadyPresent(ChunkKey key) implements PutOutcome {}

  /** There was no chunk of this name to be replaced, and nothing was stored. */
  record Absent(ChunkKey key) implements PutOutcome {}

  /**
   * Everything that could make room is pinned, read or being written. Retryable. The figures are
   * those of the arena, or of the record area where that is what is short.
   *
   * @param askedBytes what was needed, in whole blocks or units
   * @param freeBytes what was free
   * @param largestRunBytes the longest free run
   */
  record NoSpace(ChunkKey key, long askedBytes, long freeBytes, long largestRunBytes)
      implements PutOutcome {}

  /**
   * The chunk is larger than the arena. Not retryable.
   *
   * @param bytes the payload's length
   * @param limitBytes the most that the arena can hold
   */
  record TooLarge(ChunkKey key, long bytes, long limitBytes) implements PutOutcome {}

  /**
   * The request was not taken in. Retryable where the store is busy, not where it is closing.
   *
   * @param reason which of the two
   */
  record Refused(ChunkKey key, Reason reason) implements PutOutcome {
    /** Why. */
    public enum Reason {
      /** The ring was full. */
      BUSY,
      /** The store is closing, or closed. */
      CLOSING
    }
  }

  /** The key was removed while the chunk was being written, so it was dropped unseen. */
  record Withdrawn(ChunkKey key) implements PutOutcome {}

  /**
   * It was to become visible together with others, of which one could not be: so none was.
   * Retryable as far as that one is.
   */
  record HeldBack(ChunkKey key) implements PutOutcome {}

  /**
   * The copy failed and nothing was stored.
   *
   * @param cause what went wrong
   * @param detail one line for a log
   */
  record Failed(ChunkKey key, Cause cause, String detail) implements PutOutcome {
    /** What went wrong. */
    public enum Cause {
      /**
       * The arena's memory faulted; that extent is out of use. Retryable: the next place differs.
       */
      ARENA_FAULT,
      /**
       * The chunk's record could not be written, or the device refused to make it durable; that
       * place is out of use. Retryable: the next place differs.
       */
      RECORD_FAULT,
      /** The payload's memory faulted or was closed while it was read. */
      PAYLOAD_FAULT,
      /** The software failed; the detail says how. */
      INTERNAL
    }
  }
}
