package io.daxflux.reactive.session;

import io.daxflux.reactive.session.SimulatedDevice.Range;
import io.daxflux.restore.CopyResult;
import io.daxflux.restore.Region;
import io.daxflux.restore.RegionCopier;
import io.daxflux.restore.Transfer;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * The copiers of a simulated machine: the real ones, whose stores are steps of the device, which
 * find out about bad pages, and which now and then fail for no good reason.
 */
final class SimulatedCopies {
  private final SimulatedDevice device;
  private final Random random;
  private final int failsOneIn;

  /**
   * @param failsOneIn one of so many copies throws; 0 for none
   */
  SimulatedCopies(SimulatedDevice device, Random random, int failsOneIn) {
    this.device = device;
    this.random = random;
    this.failsOneIn = failsOneIn;
  }

  /** Into the device. */
  RegionCopier puts(RegionCopier copier) {
    return (region, arena, memory, stopped) -> {
      failNowAndThen();
      CopyResult[] result = new CopyResult[1];
      device.storePayload(
          region.spans().stream().map(span -> new Range(span.arenaOffset(), span.bytes())).toList(),
          () -> result[0] = copier.copy(region, arena, memory, stopped));
      return withFaults(region, result[0]);
    };
  }

  /** Out of the device. */
  RegionCopier reads(RegionCopier copier) {
    return (region, arena, memory, stopped) -> {
      failNowAndThen();
      return withFaults(region, copier.copy(region, arena, memory, stopped));
    };
  }

  private void failNowAndThen() {
    if (failsOneIn > 0 && random.nextInt(failsOneIn) == 0) {
      throw new IllegalStateException("simulated: memory of the other side was closed");
    }
  }

  private CopyResult withFaults(Region region, CopyResult result) {
    if (!device.hasBadPages()) {
      return result;
    }
    Set<Integer> faulted = new HashSet<>(result.faultedChunks());
    Set<Integer> arenaFaults = new HashSet<>(result.arenaFaults());
    for (Transfer part : region.parts()) {
      if (device.isBad(part.arenaOffset(), part.bytes())) {
        faulted.add(part.chunk());
        arenaFaults.add(part.chunk());
      }
    }
    Set<Integer> corrupt = new HashSet<>(result.corruptChunks());
    corrupt.removeAll(faulted);
    return new CopyResult(
        result.complete(),
        faulted,
        arenaFaults,
        corrupt,
        result.sums().stream().filter(sum -> !faulted.contains(sum.chunk())).toList());
  }
}
