package io.daxflux.perf.report;

import io.daxflux.perf.race.Spread;
import java.util.Locale;

/** Figures as a table has them. */
final class Cells {
  private Cells() {}

  /** Median, quartiles, and share of the floor: {@code 12.3 (11.9–12.8) 0.95}. */
  static String full(Row row) {
    if (!row.isMeasured()) {
      return row.note();
    }
    String text = withQuartiles(row.spread());
    return row.shareOfFloor() == null
        ? text
        : text + " **" + String.format(Locale.ROOT, "%.2f", row.shareOfFloor()) + "**";
  }

  /** The median, and where there are several samples the quartiles. */
  static String withQuartiles(Spread spread) {
    String median = number(spread.median());
    return spread.count() == 1
        ? median
        : median + " (" + number(spread.q1()) + "–" + number(spread.q3()) + ")";
  }

  /** Three digits, or all before the point. */
  static String number(double value) {
    double size = Math.abs(value);
    int digits = size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0;
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }
}
