package io.daxflux.perf.report;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is said of many rows at once. */
public final class Rows {
  private Rows() {}

  /**
   * Two figures of one thing would each be right in one table and wrong in another.
   *
   * @throws IllegalArgumentException where two rows are of the same
   */
  public static void requireDistinct(List<Row> rows) {
    Set<Row.Subject> subjects = new HashSet<>();
    for (Row row : rows) {
      if (!subjects.add(row.subject())) {
        throw new IllegalArgumentException(
            "figures: expected one row of each, found two of " + row.subject());
      }
    }
  }
}
