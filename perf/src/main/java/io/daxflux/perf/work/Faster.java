package io.daxflux.perf.work;

import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.race.Contender;
import io.daxflux.perf.race.Finish;
import io.daxflux.perf.race.Pace;
import io.daxflux.perf.race.Race;
import java.util.Comparator;
import java.util.List;

/** Chooses among the ways to do one thing, by a short race of their own. */
final class Faster {
  private Faster() {}

  /** The one with the best median; the others are closed. */
  static Contender of(List<? extends Contender> ways, List<Ask> asks, int callers, Pace pace) {
    Contender best = ways.getFirst();
    if (ways.size() > 1) {
      best =
          new Race(ways, asks, callers, pace)
              .run().stream()
                  .max(Comparator.comparingDouble(finish -> finish.figures().spread().median()))
                  .map(Finish::contender)
                  .orElseThrow();
    }
    for (Contender way : ways) {
      if (way != best) {
        way.close();
      }
    }
    return best;
  }
}
