package io.daxflux.restore;

/**
 * Cuts a contiguous copy into equal slices of 3 to 6 MiB.
 *
 * <p>A copy holds off safepoints until it returns, so it must be short: 4 MiB take well under a
 * millisecond. Below about 3 MiB the JVM copies at half speed, so it must not be shorter.
 */
final class Slices {
  /** The longest slice. Bytes beyond it are cut in two or more, hence of at least half of it. */
  static final long MOST_BYTES = 6L << 20;

  private Slices() {}

  /**
   * The length of the slices of a span; its last one is up to some cache lines shorter.
   *
   * @param mostBytes the longest slice, a multiple of 64
   */
  static long bytes(long spanBytes, long mostBytes) {
    long count = Math.ceilDiv(spanBytes, mostBytes);
    long evenBytes = Math.ceilDiv(spanBytes, count);
    return Math.ceilDiv(evenBytes, 64) * 64;
  }
}
