package io.daxflux.config;

import java.util.Collection;
import java.util.Comparator;

/** Finds the name that a typing error most likely stands for. */
final class Nearest {
  private Nearest() {}

  /**
   * A candidate that the name is the beginning of, if there is one, else any; of several, the one
   * that the fewest insertions, deletions and substitutions lead to, and then the one that begins
   * most like the name.
   */
  static String to(String name, Collection<String> candidates) {
    return candidates.stream()
        .min(
            Comparator.comparing((String candidate) -> !candidate.startsWith(name))
                .thenComparingInt(candidate -> distance(name, candidate))
                .thenComparingInt(candidate -> -commonStart(name, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }

  private static int commonStart(String one, String other) {
    int length = 0;
    while (length < Math.min(one.length(), other.length())
        && one.charAt(length) == other.charAt(length)) {
      length++;
    }
    return length;
  }

  /** The Levenshtein distance, of which two rows of the table are enough. */
  private static int distance(String from, String to) {
    int[] above = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      above[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[to.length() + 1];
      current[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int substitution = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
        int shift = 1 + Math.min(above[column], current[column - 1]);
        current[column] = Math.min(shift, above[column - 1] + substitution);
      }
      above = current;
    }
    return above[to.length()];
  }
}
