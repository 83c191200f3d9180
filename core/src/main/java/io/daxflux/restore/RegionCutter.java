package io.daxflux.restore;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts waves of transfers into regions of equal bytes. Collects the regions of one plan.
 *
 * <p>A cut within a span lies a multiple of 64 bytes behind the span's start, so that no two
 * workers write one cache line of an aligned span. Regions of a wave therefore differ by at most
 * two lines.
 *
 * <p>A checked payload is cut between its checksum slices only, so that each region can be checked
 * by itself. A cut that would fall into a slice moves to the nearer end of it, which is at most
 * half of it away: no region has a whole slice more than its equal share, and a payload of equal
 * slices is shared as evenly as they can be.
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
    long longestSlice = 0;
    for (int i = first; i < end; i++) {
      CheckedPayload checked = transfers[i].checked();
      waveBytes += transfers[i].bytes();
      lowBits |= transfers[i].bytes();
      if (checked != null) {
        longestSlice = Math.max(longestSlice, Math.min(checked.bytes(), checked.sliceBytes()));
      }
    }
    boolean wholeLines = lowBits % LINE_BYTES == 0;
    long count = regionCount(waveBytes, mostShare(wholeLines, longestSlice));
    cutEvenly(transfers, first, end, waveBytes, count);
    return waveBytes;
  }

  private void cutEvenly(Transfer[] transfers, int first, int end, long waveBytes, long count) {
    long position = 0;
    long spanStart = 0;
    long region = 1;
    int runEnd;
    for (int i = first; i < end; i = runEnd) {
      if (i > first && !transfers[i - 1].adjoins(transfers[i])) {
        spanStart = position;
      }
      runEnd = runEnd(transfers, i, end);
      Run run = new Run(transfers, i, runEnd);
      long runStart = position;
      while (region < count) {
        long share = evenShare(waveBytes, count, region);
        long cut =
            run.isChecked()
                ? runStart + run.nearestBoundary(share - runStart)
                : lineAt(share, spanStart);
        if (cut - runStart >= run.bytes()) {
          break;
        }
        position = Math.max(position, cut);
        run.takeUntil(position - runStart, parts);
        closeRegion();
        region++;
      }
      run.takeUntil(run.bytes(), parts);
      position = runStart + run.bytes();
    }
    closeRegion();
  }

  /** A run is one transfer, or all of a checked chunk that follow each other. */
  private static int runEnd(Transfer[] transfers, int first, int end) {
    int next = first + 1;
    if (transfers[first].checked() != null) {
      while (next < end && transfers[first].isCheckedWith(transfers[next])) {
        next++;
      }
    }
    return next;
  }

  /**
   * How large an equal share may be, so that with what a cut may move the region keeps within its
   * bound. Cuts of spans that do not end on a line move by up to a line, cuts of checked payloads
   * by up to a slice. Where the bound is less than two slices, it gives way.
   */
  private long mostShare(boolean wholeLines, long longestSlice) {
    long most = limits.maxRegionBytes();
    long spare = (wholeLines ? 0 : LINE_BYTES) + longestSlice;
    return longestSlice == 0 ? most - spare : Math.max(most / 2, most - spare);
  }

  /** One region for each worker or a multiple of that, unless they became too small. */
  private long regionCount(long waveBytes, long mostShare) {
    int workers = limits.workers();
    if (waveBytes < workers * limits.minRegionBytes()) {
      return Math.max(1, waveBytes / limits.minRegionBytes());
    }
    return workers * Math.ceilDiv(waveBytes, workers * mostShare);
  }

  /** Where the first so many of equal shares end. */
  private static long evenShare(long bytes, long count, long shares) {
    return bytes / count * shares + Math.min(bytes % count, shares);
  }

  /** The first line of the span at or behind this position; before the span, its start. */
  private static long lineAt(long position, long spanStart) {
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
