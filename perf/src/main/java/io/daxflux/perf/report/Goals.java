package io.daxflux.perf.report;

import io.daxflux.perf.race.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was aimed at, and what a run found: each goal one line. */
final class Goals {
  private final Lookup found;

  Goals(Lookup found) {
    this.found = found;
  }

  /** Whether anything is said of any. */
  boolean areMeasured() {
    return all().stream().anyMatch(goal -> goal.found().isPresent());
  }

  /** The table; of what was not measured it says so. */
  Grid table() {
    Grid grid = new Grid("goal");
    for (Goal goal : all()) {
      grid.put(goal.name(), "aimed at", goal.aim());
      grid.put(goal.name(), "found", goal.found().map(Cells::withQuartiles).orElse(""));
      grid.put(goal.name(), "n", goal.found().map(Goals::count).orElse(""));
      grid.put(goal.name(), "", goal.verdict());
    }
    return grid;
  }

  private static String count(Spread spread) {
    return String.format(Locale.ROOT, "%,d", spread.count());
  }

  /** All, in the order of the table. */
  List<Goal> all() {
    List<Goal> goals = new ArrayList<>();
    goals.addAll(new RestoreGoals(found).all());
    goals.addAll(new CostGoals(found).all());
    goals.addAll(new PutGoals(found).all());
    goals.addAll(new PeerGoals(found).all());
    goals.addAll(new ServerGoals(found).all());
    return goals;
  }
}
