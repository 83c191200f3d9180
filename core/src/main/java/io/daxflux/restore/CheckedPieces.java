package io.daxflux.restore;

/** How much is copied before it is checksummed, where these are two steps. */
final class CheckedPieces {
  /**
   * What was copied is read again at once, and is still in the cache if it is small: worth more
   * than the speed of a long copy, which leaves its bytes in none.
   */
  static final long BYTES = 128L << 10;

  private CheckedPieces() {}
}
