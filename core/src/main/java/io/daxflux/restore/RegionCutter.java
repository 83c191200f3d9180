package io.daxflux.restore;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts waves of transfers into regions of equal bytes. Collects the regions of one plan.
 *
 * <p>A cut within a span lies a multiple of 64 bytes behind the span's start, so that no two
 * workers write one cache line of an aligned span. Regions of a wave therefore differ by at most
 * two lines.
 */
final class RegionCutter {
  private static final long LINE_BYTES = 64;

  private final PlanLimits limits;
  private final List<Region> regions = new ArrayList<>();
  private final List<Transfer> parts = new ArrayList<>();

  RegionCutter(PlanLimits limits) {
    this.limits = limits;
  }

  List<Region> regions() {
    return List.copyOf(regions);
  }

  /**
   * Cuts one wave.
   *
   * @param transfers holds the wave from {@code first} to before {@code end}, in the order of the
   *     copy
   * @return the wave's bytes
   */
  long cut(Transfer[] transfers, int first, int end) {
    long waveBytes = 0;
    long lowBits = 0;
    for (int i = first; i < end; i++) {
      waveBytes += transfers[i].bytes();
      lowBits |= transfers[i].bytes();
    }
    boolean wholeLines = lowBits % LINE_BYTES == 0;
    cutEvenly(transfers, first, end, waveBytes, regionCount(waveBytes, wholeLines));
    return waveBytes;
  }

  private void cutEvenly(Transfer[] transfers, int first, int end, long waveBytes, long count) {
    long position = 0;
    long spanStart = 0;
    long region = 1;
    for (int i = first; i < end; i++) {
      if (i > first && !transfers[i - 1].adjoins(transfers[i])) {
        spanStart = position;
      }
      Transfer rest = transfers[i];
      while (region < count) {
        long cut = cutPosition(evenShare(waveBytes, count, region), spanStart);
        long headBytes = cut - position;
        if (headBytes >= rest.bytes()) {
          break;
        }
        if (headBytes > 0) {
          parts.add(rest.head(headBytes));
          rest = rest.tail(headBytes);
          position = cut;
        }
        closeRegion();
        region++;
      }
      parts.add(rest);
      position += rest.bytes();
    }
    closeRegion();
  }

  /**
   * One region for each worker or a multiple of that, unless they became too small. Cuts of spans
   * that do not end on a line move by up to a line, which is kept free in each region.
   */
  private long regionCount(long waveBytes, boolean wholeLines) {
    int workers = limits.workers();
    if (waveBytes < workers * limits.minRegionBytes()) {
      return Math.max(1, waveBytes / limits.minRegionBytes());
    }
    long most = wholeLines ? limits.maxRegionBytes() : limits.maxRegionBytes() - LINE_BYTES;
    return workers * Math.ceilDiv(waveBytes, workers * most);
  }

  /** Where the first so many of equal shares end. */
  private static long evenShare(long bytes, long count, long shares) {
    return bytes / count * shares + Math.min(bytes % count, shares);
  }

  /** The first line of the span at or behind this position; before the span, its start. */
  private static long cutPosition(long position, long spanStart) {
    long inSpan = Math.max(0, position - spanStart);
    return spanStart + Math.ceilDiv(inSpan, LINE_BYTES) * LINE_BYTES;
  }

  private void closeRegion() {
    if (!parts.isEmpty()) {
      regions.add(Region.of(parts));
      parts.clear();
    }
  }
}
