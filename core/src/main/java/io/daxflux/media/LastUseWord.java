package io.daxflux.media;

/**
 * When a chunk was last used, in one word with a check of its own: 48 bits of the number, then 16
 * of check. It is rewritten in place by a single store, so the record's checksum cannot cover it;
 * and a flipped bit must not put the store's count of uses beyond all bounds.
 */
final class LastUseWord {
  private static final int CHECK_BITS = 16;

  private LastUseWord() {}

  static long of(long lastUse, long unit) {
    return (lastUse << CHECK_BITS) | check(lastUse, unit);
  }

  /** The number; 0, which is before all others, where the word is damaged. */
  static long read(long word, long unit) {
    long lastUse = word >>> CHECK_BITS;
    return of(lastUse, unit) == word ? lastUse : 0;
  }

  /**
   * The number's three parts, folded so that each of its bits flips one; and a hash of the unit.
   */
  private static long check(long lastUse, long unit) {
    long folded = lastUse ^ (lastUse >>> 16) ^ (lastUse >>> 32);
    long hash = ((unit + 1) * 0x9E3779B97F4A7C15L) >>> (64 - CHECK_BITS);
    return (folded ^ hash) & ((1 << CHECK_BITS) - 1);
  }
}
