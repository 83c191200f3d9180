package io.daxflux.media;

/**
 * When a chunk was last used, rewritten in place. A flipped bit must not put the store's count of
 * uses beyond all bounds.
 */
final class LastUseWord {
  private LastUseWord() {}

  static long of(long lastUse, long unit) {
    return CheckedWord.of(lastUse, unit);
  }

  /** The number; 0, which is before all others, where the word is damaged. */
  static long read(long word, long unit) {
    return Math.max(0, CheckedWord.read(word, unit));
  }
}
