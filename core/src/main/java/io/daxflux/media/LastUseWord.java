package io.daxflux.media;

/**
 * When a chunk was last used, in one word with a check of its own: 48 bits of the number, 16 of its
 * hash. It is rewritten in place by a single store, so the record's checksum cannot cover it; and a
 * flipped bit must not put the store's count of uses beyond all bounds.
 */
final class LastUseWord {
  private static final int CHECK_BITS = 16;

  private LastUseWord() {}

  static long of(long lastUse, long unit) {
    return lastUse << CHECK_BITS | check(lastUse, unit);
  }

  /** The number; 0, which is before all others, where the word is damaged. */
  static long read(long word, long unit) {
    long lastUse = word >>> CHECK_BITS;
    return of(lastUse, unit) == word ? lastUse : 0;
  }

  private static long check(long lastUse, long unit) {
    long mixed = (lastUse ^ unit << 20) * 0x9E3779B97F4A7C15L;
    return (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L >>> 64 - CHECK_BITS;
  }
}
