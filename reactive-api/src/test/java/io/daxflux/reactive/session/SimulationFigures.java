package io.daxflux.reactive.session;

import java.util.Locale;

/** What simulated runs came to. */
final class SimulationFigures {
  long runs;
  long steps;
  long closes;
  long processCrashes;
  long powerLosses;
  long requests;
  long stored;
  long served;
  long recovered;
  long corrupt;
  long faulted;
  long images;

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d runs, %,d steps, %,d restarts, %,d crashes (%,d of them losses of power), %,d"
            + " requests, %,d chunks stored, %,d served, %,d recovered, %,d found corrupt, %,d lost"
            + " to faults, %,d images judged",
        runs,
        steps,
        closes,
        processCrashes + powerLosses,
        powerLosses,
        requests,
        stored,
        served,
        recovered,
        corrupt,
        faulted,
        images);
  }
}
