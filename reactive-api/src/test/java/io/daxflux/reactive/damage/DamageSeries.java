package io.daxflux.reactive.damage;

import io.daxflux.reactive.SilentLog;
import io.daxflux.testkit.SeriesArguments;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Damages files of stores, many times, and looks at what becomes of them. Each case has a seed of
 * its own: the first is given, and they count up.
 */
final class DamageSeries {
  /** A case waits for threads more than it works. */
  private static final int LANES = 4;

  private DamageSeries() {}

  /** Runs so many cases; stops soon after one that is not as it should be. */
  static DamageFigures run(long firstSeed, int cases) throws Exception {
    AtomicLong next = new AtomicLong(firstSeed);
    DamageFigures figures = new DamageFigures();
    try (var _ = new SilentLog();
        ExecutorService threads = Executors.newFixedThreadPool(LANES)) {
      List<Callable<DamageFigures>> lanes = new ArrayList<>();
      for (int i = 0; i < Math.min(LANES, cases); i++) {
        lanes.add(() -> lane(next, firstSeed + cases));
      }
      for (Future<DamageFigures> lane : threads.invokeAll(lanes)) {
        figures.add(lane.get());
      }
    }
    return figures;
  }

  private static DamageFigures lane(AtomicLong next, long end) throws Exception {
    try (DamageLane lane = new DamageLane()) {
      for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
        lane.run(seed);
        if (!lane.figures().isSound()) {
          next.set(end);
        }
      }
      return lane.figures();
    }
  }

  /** Arguments: how many cases, and the first seed; without it another one each time. */
  public static void main(String[] arguments) throws Exception {
    SeriesArguments told = SeriesArguments.orExit("cases", arguments);
    int cases = told.count();
    long seed = told.seed();
    DamageFigures figures = run(seed, cases);
    figures.wrong.forEach(line -> System.out.println("wrong: " + line));
    System.out.println(figures + ", first seed " + seed);
    System.exit(figures.isSound() ? 0 : 1);
  }
}
