package io.daxflux.perf.race;

/** Where samples lie: how many, the least, quartiles, the 99th hundredth, and the greatest. */
public record Spread(
    int count, double min, double q1, double median, double q3, double p99, double max) {
  /** One figure, measured once. */
  public static Spread of(double value) {
    return new Spread(1, value, value, value, value, value, value);
  }
}
