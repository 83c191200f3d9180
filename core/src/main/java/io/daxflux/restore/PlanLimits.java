package io.daxflux.restore;

/**
 * The bounds regions are cut within.
 *
 * @param workers how many regions are copied at a time, at least 1
 * @param minRegionBytes a region smaller than this costs more to hand over than it saves
 * @param maxRegionBytes no region is larger, except by up to a slice where it is less than two
 *     checksum slices of a checked payload; a multiple of 64, at least twice the minimum
 */
public record PlanLimits(int workers, long minRegionBytes, long maxRegionBytes) {
  /** 256 KiB. Handing a region to a worker costs about 6 µs, in which a core copies some 60 KiB. */
  public static final long DEFAULT_MIN_REGION_BYTES = 256L << 10;

  /** 32 MiB: a small request waits behind a large one for 2 to 4 ms. */
  public static final long DEFAULT_MAX_REGION_BYTES = 32L << 20;

  /**
   * 4 MiB, which the JVM copies at full speed. A wave of small chunks stops growing where each
   * worker gets as much of it.
   */
  public static final long FULL_SPEED_REGION_BYTES = 4L << 20;

  /** Checks the bounds. */
  public PlanLimits {
    if (workers < 1) {
      throw new IllegalArgumentException("workers: expected at least 1, found " + workers);
    }
    if (minRegionBytes < 64) {
      throw new IllegalArgumentException(
          "minRegionBytes: expected at least 64, found " + minRegionBytes);
    }
    if (maxRegionBytes / 2 < minRegionBytes || maxRegionBytes % 64 != 0) {
      throw new IllegalArgumentException(
          "maxRegionBytes: expected a multiple of 64 and at least twice minRegionBytes ("
              + minRegionBytes
              + "), found "
              + maxRegionBytes);
    }
  }

  /** The default bounds for this many workers. */
  public static PlanLimits of(int workers) {
    return new PlanLimits(workers, DEFAULT_MIN_REGION_BYTES, DEFAULT_MAX_REGION_BYTES);
  }
}
