package io.daxflux.restore;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Turns transfers into regions. A pure function, for restores and puts alike: direction does not
 * matter to it.
 *
 * <p>Regions are balanced, not greedily packed: a <em>wave</em> of transfers is cut into equal
 * regions, as many as there are workers or a multiple of that, so that all workers end together and
 * one large chunk is split over all of them. The order says what makes a wave. Checked payloads are
 * cut between their checksum slices only, which can make a region up to a slice larger than its
 * equal share.
 *
 * <p>Time is linear in the number of transfers, and n log n where they have to be sorted.
 */
public final class RestorePlanner {
  private RestorePlanner() {}

  /** In which order the bytes are copied. */
  public enum Order {
    /**
     * By arena offset, whatever order the transfers are given in; transfers at the same offset stay
     * as given. All of them make one wave. For consumers who wait for the whole.
     */
    BY_ARENA,

    /**
     * As given. For consumers who take chunk after chunk: each wave holds whole chunks, as few as
     * make it worth cutting, so the first chunk is copied by all workers at once and is there after
     * its share of the time. A large chunk is a wave of its own. Small ones are grouped: into the
     * smallest regions at first, then into waves of half of what went before, up to 4 MiB a worker;
     * no chunk waits much longer for its neighbours than it waited for its predecessors.
     */
    AS_GIVEN
  }

  /**
   * Plans the copy.
   *
   * @param transfers what to copy; transfers of one chunk stand next to each other, all of them
   *     checked or none
   * @param order in which order
   * @param limits the bounds of a region
   * @return regions in the order they are to be started: each byte in exactly one of them; none
   *     where there are no transfers
   * @throws IllegalArgumentException where the checked transfers of a chunk are not whole slices of
   *     its payload, in order
   */
  public static List<Region> plan(List<Transfer> transfers, Order order, PlanLimits limits) {
    Transfer[] ordered = transfers.toArray(Transfer[]::new);
    RegionCutter cutter = new RegionCutter(limits);
    switch (order) {
      case BY_ARENA -> {
        Arrays.sort(ordered, Comparator.comparingLong(Transfer::arenaOrder));
        cutter.cut(ordered, 0, ordered.length);
      }
      case AS_GIVEN -> cutWaves(ordered, limits.workers(), limits.minRegionBytes(), cutter);
    }
    return cutter.regions();
  }

  private static void cutWaves(
      Transfer[] transfers, int workers, long minRegionBytes, RegionCutter cutter) {
    long smallest = workers * minRegionBytes;
    long largest = Math.max(smallest, workers * PlanLimits.FULL_SPEED_REGION_BYTES);
    long before = 0;
    int first = 0;
    while (first < transfers.length) {
      int end = waveEnd(transfers, first, Math.clamp(before / 2, smallest, largest));
      before += cutter.cut(transfers, first, end);
      first = end;
    }
  }

  /**
   * The end of the wave that starts here: behind the chunk with which it has its bytes, or before a
   * chunk so large that the ones already taken would wait for it.
   */
  private static int waveEnd(Transfer[] transfers, int first, long waveBytes) {
    int end = first;
    long bytes = 0;
    while (end < transfers.length && bytes < waveBytes) {
      int chunkEnd = chunkEnd(transfers, end);
      long chunkBytes = bytes(transfers, end, chunkEnd);
      if (end > first && bytes + chunkBytes > 2 * waveBytes) {
        break;
      }
      bytes += chunkBytes;
      end = chunkEnd;
    }
    return end;
  }

  private static int chunkEnd(Transfer[] transfers, int first) {
    int end = first + 1;
    while (end < transfers.length && transfers[end].chunk() == transfers[first].chunk()) {
      end++;
    }
    return end;
  }

  private static long bytes(Transfer[] transfers, int first, int end) {
    long bytes = 0;
    for (int i = first; i < end; i++) {
      bytes += transfers[i].bytes();
    }
    return bytes;
  }
}
