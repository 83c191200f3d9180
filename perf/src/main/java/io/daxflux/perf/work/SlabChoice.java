package io.daxflux.perf.work;

import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.Ground;
import io.daxflux.perf.lmcache.StagedWaves;
import io.daxflux.perf.race.Contender;
import io.daxflux.perf.race.Finish;
import io.daxflux.perf.race.Pace;
import io.daxflux.perf.race.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** LMCache's staged path with its default slab, and with the one that serves it best here. */
final class SlabChoice {
  /** Each slab that is tried is so many times the one before. */
  private static final int STEP = 8;

  private static final Pace SHORT = new Pace(Duration.ZERO, 3, 3, Duration.ZERO);

  private final Ground ground;
  private final Contender floor;
  private final List<Ask> asks;
  private final long chunkBytes;
  private final int workers;

  SlabChoice(Ground ground, Contender floor, List<Ask> asks) {
    this.ground = ground;
    this.floor = floor;
    this.asks = asks;
    this.chunkBytes = ground.documents().getFirst().chunk().bytes();
    this.workers = ground.workers();
  }

  List<Contender> contenders() {
    long byDefault = StagedWaves.defaultSlabBytes(chunkBytes, workers);
    long best = best(byDefault);
    List<Contender> contenders = new ArrayList<>();
    contenders.add(staged("LMCache #2904", byDefault));
    if (best != byDefault) {
      contenders.add(staged("LMCache #2904, best slab", best));
    }
    return contenders;
  }

  private Contender staged(String system, long slabBytes) {
    return new StagedWaves(system, ground, floor, workers, slabBytes);
  }

  private long best(long largest) {
    List<Long> slabs = new ArrayList<>();
    List<Contender> tried = new ArrayList<>();
    for (long bytes = Math.max(1 << 20, workers * chunkBytes); bytes < largest; bytes *= STEP) {
      slabs.add(bytes);
    }
    slabs.add(largest);
    slabs.forEach(bytes -> tried.add(staged("slab", bytes)));
    try {
      List<Finish> finishes = new Race(tried, asks, 1, SHORT).run();
      Finish best =
          finishes.stream()
              .max(Comparator.comparingDouble(finish -> finish.figures().spread().median()))
              .orElseThrow();
      return slabs.get(finishes.indexOf(best));
    } finally {
      tried.forEach(Contender::close);
    }
  }
}
