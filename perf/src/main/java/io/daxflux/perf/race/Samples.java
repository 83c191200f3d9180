package io.daxflux.perf.race;

import java.util.Arrays;
import java.util.List;

/** Figures of one kind, collected. */
public final class Samples {
  private double[] values = new double[16];
  private int count;

  /** Adds one. */
  public void add(double value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = value;
  }

  /** Each divided by that of another, which was taken at the same time. */
  public Samples dividedBy(Samples others) {
    if (count != others.count) {
      throw new IllegalArgumentException(
          "others: expected " + count + " samples, found " + others.count);
    }
    Samples ratios = new Samples();
    for (int i = 0; i < count; i++) {
      ratios.add(values[i] / others.values[i]);
    }
    return ratios;
  }

  /** All of them, in order. */
  public List<Double> toList() {
    return Arrays.stream(values, 0, count).boxed().toList();
  }

  /** These. */
  public static Samples of(List<Double> values) {
    Samples samples = new Samples();
    values.forEach(samples::add);
    return samples;
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** What they say; of at least one. */
  public Spread spread() {
    if (count == 0) {
      throw new IllegalStateException("expected at least one sample, found none");
    }
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return new Spread(
        count,
        sorted[0],
        quantile(sorted, 0.25),
        quantile(sorted, 0.5),
        quantile(sorted, 0.75),
        quantile(sorted, 0.99),
        sorted[count - 1]);
  }

  /** Between two samples the straight line between them. */
  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
