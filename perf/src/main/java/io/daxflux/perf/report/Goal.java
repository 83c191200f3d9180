package io.daxflux.perf.report;

import io.daxflux.perf.race.Spread;
import java.util.Locale;
import java.util.Optional;

/**
 * A figure that was aimed at.
 *
 * @param aim as it is read: with the side on which it is to lie
 * @param found what a run says; empty where it says nothing
 */
record Goal(String name, String aim, double bound, boolean least, Optional<Spread> found) {

  static Goal atLeast(double bound, String name, Optional<Spread> found) {
    return new Goal(name, "≥ " + text(bound), bound, true, found);
  }

  static Goal atMost(double bound, String name, Optional<Spread> found) {
    return new Goal(name, "≤ " + text(bound), bound, false, found);
  }

  private static String text(double bound) {
    return bound == Math.rint(bound)
        ? String.format(Locale.ROOT, "%,.0f", bound)
        : Double.toString(bound);
  }

  /** What can be said of it; where the quartiles lie on both sides, the median says nothing. */
  String verdict() {
    return found.map(this::verdict).orElse("not measured");
  }

  private String verdict(Spread spread) {
    if (spread.q1() < bound && bound < spread.q3()) {
      return "within noise";
    }
    boolean reached = least ? spread.median() >= bound : spread.median() <= bound;
    return reached ? "reached" : "**missed**";
  }
}
