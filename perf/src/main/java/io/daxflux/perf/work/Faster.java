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
    if (ways.size() == 1) {
      return ways.getFirst();
    }
    List<Contender> ranked =
        new Race(ways, asks, callers, pace)
            .run().stream()
                .sorted(Comparator.comparingDouble(Faster::median).reversed())
                .map(Finish::contender)
                .toList();
    ranked.stream().skip(1).forEach(Contender::close);
    return ranked.getFirst();
  }

  private static double median(Finish finish) {
    return finish.figures().spread().median();
  }
}
