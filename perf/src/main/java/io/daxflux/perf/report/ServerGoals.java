package io.daxflux.perf.report;

import static io.daxflux.perf.report.Goal.atLeast;
import static io.daxflux.perf.report.Goal.atMost;

import io.daxflux.perf.race.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The RESP server beside Redis, by the same client. */
final class ServerGoals {
  /** 1/1.3. */
  private static final double MOST_CPU = 0.769;

  private static final int CALLERS = 4;

  private final Lookup found;

  ServerGoals(Lookup found) {
    this.found = found;
  }

  List<Goal> all() {
    List<Goal> goals = new ArrayList<>();
    for (String size : List.of("64 KiB", "1 MiB", "16 MiB")) {
      for (String command : List.of("GET", "SET")) {
        goals.add(
            atLeast(
                1,
                command + " of " + size + " over loopback, times Redis",
                served(size, "served " + command)));
      }
    }
    for (String size : List.of("1 MiB", "16 MiB")) {
      goals.add(
          atMost(
              MOST_CPU,
              "server's CPU for GET of " + size + ", share of Redis's",
              served(size, "served GET, server's CPU")));
    }
    return goals;
  }

  private Optional<Spread> served(String size, String work) {
    return found.ratio(
        Key.of("daxflux RESP", work).chunk(size).callers(CALLERS),
        Key.of("Redis 7", work).chunk(size).callers(CALLERS));
  }
}
