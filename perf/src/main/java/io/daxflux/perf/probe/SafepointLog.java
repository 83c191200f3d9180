package io.daxflux.perf.probe;

import io.daxflux.perf.race.Samples;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a JVM writes down of its safepoints with {@code -Xlog:safepoint}. */
public final class SafepointLog {
  private static final double NS_PER_US = 1e3;
  private static final Pattern ASKED =
      Pattern.compile("Safepoint \"FindDeadlocks\",.* Reaching safepoint: (\\d+) ns,.*");

  private SafepointLog() {}

  /** The option that has a JVM write it, without decorations. */
  public static String option(String file) {
    return "-Xlog:safepoint=info:file=" + file + ":none:filecount=0";
  }

  /**
   * Microseconds until all threads had stopped, by what went on.
   *
   * @param lines of the log
   * @param turns who asked for all safepoints that were asked for, in this order
   */
  public static Map<SafepointProbe.Running, Samples> reachedUs(
      List<String> lines, Collection<SafepointProbe.Turn> turns) {
    List<Double> us = new ArrayList<>();
    for (String line : lines) {
      Matcher asked = ASKED.matcher(line);
      if (asked.matches()) {
        us.add(Long.parseLong(asked.group(1)) / NS_PER_US);
      }
    }
    int expected = turns.stream().mapToInt(SafepointProbe.Turn::asked).sum();
    if (us.size() != expected) {
      throw new IllegalArgumentException(
          "log of safepoints: expected " + expected + " that were asked for, found " + us.size());
    }
    Map<SafepointProbe.Running, Samples> reached = new LinkedHashMap<>();
    int next = 0;
    for (SafepointProbe.Turn turn : turns) {
      Samples samples = reached.computeIfAbsent(turn.running(), _ -> new Samples());
      for (int i = 0; i < turn.asked(); i++) {
        samples.add(us.get(next++));
      }
    }
    return reached;
  }
}
