package io.daxflux.perf.report;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A figure that was aimed at.
 *
 * @param aim as it is read: with the side on which it is to lie
 * @param found what a run says; empty where it says nothing
 */
record Goal(String name, String aim, double bound, boolean least, OptionalDouble found) {

  static Goal atLeast(double bound, String name, OptionalDouble found) {
    return new Goal(name, "≥ " + text(bound), bound, true, found);
  }

  static Goal atMost(double bound, String name, OptionalDouble found) {
    return new Goal(name, "≤ " + text(bound), bound, false, found);
  }

  private static String text(double bound) {
    return bound == Math.rint(bound)
        ? String.format(Locale.ROOT, "%,.0f", bound)
        : Double.toString(bound);
  }

  boolean isReached() {
    double value = found.orElseThrow();
    return least ? value >= bound : value <= bound;
  }
}
