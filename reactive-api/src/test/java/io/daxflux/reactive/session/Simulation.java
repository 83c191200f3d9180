package io.daxflux.reactive.session;

import io.daxflux.reactive.SilentLog;
import io.daxflux.testkit.SeriesArguments;
import java.util.Locale;

/**
 * Simulated runs, as many steps as are asked for: {@code mvn -q -Psimulate -Dsteps=1000000}, with
 * {@code -Dseed=...} to see a run again. Ends with one line of figures, or with the history of the
 * run that failed.
 */
final class Simulation {
  private static final int STEPS_OF_A_RUN = 4_000;
  private static final int LINES_OF_HISTORY = 300;

  private Simulation() {}

  public static void main(String[] args) {
    SeriesArguments told = SeriesArguments.orExit("steps", args);
    long steps = told.count();
    long seed = told.seed();
    System.out.println("simulation, seed " + seed);
    // Of what a simulated machine suffers the store warns at length; nothing here listens.
    new SilentLog();
    SimulationFigures figures = new SimulationFigures();
    long startNs = System.nanoTime();
    try {
      while (figures.steps < steps) {
        run(seed + figures.runs, figures);
      }
    } catch (AssertionError failure) {
      failure.printStackTrace(System.out);
      System.out.println("simulation from seed " + seed + ": " + figures + ", wrong 1");
      System.exit(1);
    }
    double seconds = (System.nanoTime() - startNs) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "simulation from seed %d: %s, wrong 0; %,.0f steps a second%n",
        seed,
        figures,
        figures.steps / seconds);
    // Threads of the logging and of the schedulers would keep the machine up for a while.
    System.exit(0);
  }

  /** One run; where it fails it is made once more, to tell what happened in it. */
  static void run(long seed, SimulationFigures figures) {
    try {
      make(seed, new SimulationHistory(0), figures);
    } catch (RuntimeException | Error failure) {
      throw new AssertionError(
          "run "
              + seed
              + " failed; repeat with mvn -q -Psimulate -Dsteps=1 -Dseed="
              + seed
              + "\n"
              + historyOf(seed),
          failure);
    }
  }

  private static void make(long seed, SimulationHistory history, SimulationFigures figures) {
    new SimulatedRun(seed, seed % 2 == 0, history, figures).make(STEPS_OF_A_RUN);
  }

  /** The last steps of a run, and how it ended. */
  static String historyOf(long seed) {
    SimulationHistory history = new SimulationHistory(LINES_OF_HISTORY);
    try {
      make(seed, history, new SimulationFigures());
    } catch (RuntimeException | Error failure) {
      return history + "\n" + failure;
    }
    return history + "\nsound";
  }
}
