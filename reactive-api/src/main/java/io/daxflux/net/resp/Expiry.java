package io.daxflux.net.resp;

import io.daxflux.chunk.ChunkHead;

/** Times at which values expire, as clients name them. */
final class Expiry {
  private static final long MS_PER_SECOND = 1000;

  private Expiry() {}

  /**
   * The time, in milliseconds of the epoch, possibly one that is over.
   *
   * @param baseMs what it counts from; 0 for the epoch
   * @throws CommandException beyond 64 bits
   */
  static long at(long value, boolean inSeconds, long baseMs, String command) {
    try {
      long ms = inSeconds ? Math.multiplyExact(value, MS_PER_SECOND) : value;
      return Math.addExact(ms, baseMs);
    } catch (ArithmeticException tooLarge) {
      throw Errors.expiry(command);
    }
  }

  /** The nearest time that the store has; the last it has is in the year 10889. */
  static long storable(long atMs) {
    return Math.clamp(atMs, 1, ChunkHead.MOST_EXPIRES_AT_MS);
  }

  /** As a client is told: rounded. */
  static long seconds(long ms) {
    return (ms + MS_PER_SECOND / 2) / MS_PER_SECOND;
  }
}
