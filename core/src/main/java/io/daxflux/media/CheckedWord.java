package io.daxflux.media;

/**
 * A number of 48 bits in one word, with a check of its own in the lower 16. Such a word is
 * rewritten in place by a single store, so that a crash leaves the old one or the new one, and a
 * record's checksum cannot cover it.
 */
final class CheckedWord {
  static final long MOST = (1L << 48) - 1;
  private static final int CHECK_BITS = 16;

  /** What {@link #read} says of a damaged word. */
  static final long DAMAGED = -1;

  private CheckedWord() {}

  /**
   * The word of a number.
   *
   * @param place sets words apart that lie at different places, or say different things
   */
  static long of(long number, long place) {
    return (number << CHECK_BITS) | check(number, place);
  }

  static long read(long word, long place) {
    long number = word >>> CHECK_BITS;
    return of(number, place) == word ? number : DAMAGED;
  }

  /**
   * The number's three parts, folded so that each of its bits flips one; and a hash of the place.
   */
  private static long check(long number, long place) {
    long folded = number ^ (number >>> 16) ^ (number >>> 32);
    long hash = ((place + 1) * 0x9E3779B97F4A7C15L) >>> (64 - CHECK_BITS);
    return (folded ^ hash) & ((1 << CHECK_BITS) - 1);
  }
}
