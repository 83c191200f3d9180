package io.daxflux.perf.work;

import io.daxflux.examples.lmcache.StagedRestore;
import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.ChunkSize;
import io.daxflux.perf.ground.Ground;
import io.daxflux.perf.lmcache.StagedWaves;
import io.daxflux.perf.race.Contender;
import io.daxflux.perf.race.Pace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * LMCache's staged path with its default slab, and with the one that serves it best here: chosen
 * when documents of a chunk size are first restored, and kept.
 */
public final class Slabs {
  private static final long LEAST_BYTES = 1 << 20;

  /** Each slab that is tried first is so many times the one before; then those between. */
  private static final int STEP = 4;

  private final Map<For, Long> best = new HashMap<>();

  private record For(ChunkSize chunk, int workers) {}

  /** Both; one where the default is best. */
  List<Contender> contenders(Ground ground, Contender floor, List<Ask> asks, Pace choosing) {
    ChunkSize chunk = ground.documents().getFirst().chunk();
    int workers = ground.workers();
    long byDefault = StagedRestore.defaultSlabBytes(chunk.bytes(), workers);
    long bestBytes =
        best.computeIfAbsent(
            new For(chunk, workers), _ -> best(ground, floor, asks, byDefault, choosing));
    List<Contender> contenders = new ArrayList<>();
    contenders.add(staged("LMCache #2904", ground, floor, byDefault));
    if (bestBytes != byDefault) {
      contenders.add(staged("LMCache #2904, best slab", ground, floor, bestBytes));
    }
    return contenders;
  }

  private static long best(
      Ground ground, Contender floor, List<Ask> asks, long most, Pace choosing) {
    long least =
        Math.max(LEAST_BYTES, ground.workers() * ground.documents().getFirst().chunk().bytes());
    long near = fastest(ground, floor, asks, slabs(least, most), choosing);
    long[] around = {Math.max(least, near / 2), near, Math.min(most, near * 2)};
    return fastest(ground, floor, asks, LongStream.of(around).distinct(), choosing);
  }

  /** The last is the largest. */
  static LongStream slabs(long least, long most) {
    return LongStream.concat(
        LongStream.iterate(least, bytes -> bytes < most, bytes -> bytes * STEP),
        LongStream.of(most));
  }

  private static long fastest(
      Ground ground, Contender floor, List<Ask> asks, LongStream slabs, Pace choosing) {
    List<StagedWaves> tried =
        slabs.mapToObj(bytes -> staged("slab", ground, floor, bytes)).toList();
    try (Contender fastest = Faster.of(tried, asks, 1, choosing)) {
      return ((StagedWaves) fastest).slabBytes();
    }
  }

  private static StagedWaves staged(String system, Ground ground, Contender floor, long slabBytes) {
    return new StagedWaves(system, ground, floor, ground.workers(), slabBytes);
  }
}
