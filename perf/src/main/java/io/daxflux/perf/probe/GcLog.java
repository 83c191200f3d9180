package io.daxflux.perf.probe;

import io.daxflux.perf.race.Samples;
import io.daxflux.perf.race.Spread;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a JVM writes down of its collections with {@code -Xlog:gc}. */
public final class GcLog {
  private static final Pattern PAUSE =
      Pattern.compile("GC\\(\\d+\\) Pause (Young|Full) (.*) \\d+M->\\d+M\\(\\d+M\\) ([0-9.]+)ms");
  private static final String ASKED_FOR = "(System.gc())";

  private GcLog() {}

  /** Milliseconds. */
  public record Pauses(Spread youngMs, Spread fullMs) {}

  /** The option that has a JVM write it, without decorations. */
  public static String option(String file) {
    return "-Xlog:gc=info:file=" + file + ":none:filecount=0";
  }

  /**
   * The pauses of young collections, and of full ones that were asked for. All behind the first
   * that was asked for: that one ends the preparations.
   */
  public static Pauses read(List<String> lines) {
    Samples young = new Samples();
    Samples full = new Samples();
    boolean prepared = false;
    for (String line : lines) {
      Matcher pause = PAUSE.matcher(line);
      if (pause.matches()) {
        boolean isYoung = pause.group(1).equals("Young");
        double ms = Double.parseDouble(pause.group(3));
        if (prepared && isYoung) {
          young.add(ms);
        } else if (prepared) {
          full.add(ms);
        }
        prepared |= !isYoung && pause.group(2).equals(ASKED_FOR);
      }
    }
    if (young.count() == 0 || full.count() == 0) {
      throw new IllegalArgumentException(
          "log of collections: expected young and full ones behind the first that was asked for,"
              + " found "
              + young.count()
              + " and "
              + full.count());
    }
    return new Pauses(young.spread(), full.spread());
  }
}
