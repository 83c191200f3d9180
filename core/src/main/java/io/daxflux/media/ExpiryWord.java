package io.daxflux.media;

/** When a chunk expires, rewritten in place: 0 for never, else a {@link CheckedWord}. */
final class ExpiryWord {
  static final long NEVER = 0;

  private ExpiryWord() {}

  static long of(long expiresAtMs, long unit) {
    return expiresAtMs == 0 ? NEVER : CheckedWord.of(expiresAtMs, ~unit);
  }

  /**
   * The time; 0 for never.
   *
   * @throws BadRecord where the word is damaged: nobody knows whether the chunk may be served
   */
  static long read(long word, long unit) throws BadRecord {
    if (word == NEVER) {
      return 0;
    }
    long expiresAtMs = CheckedWord.read(word, ~unit);
    if (expiresAtMs <= 0) {
      throw new BadRecord(DropReason.CORRUPT);
    }
    return expiresAtMs;
  }
}
