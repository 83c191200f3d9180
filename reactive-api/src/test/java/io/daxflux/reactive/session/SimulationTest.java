package io.daxflux.reactive.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.reactive.SilentLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

/**
 * A small dose of {@link Simulation}: whatever the order of requests, copies, commits, deliveries
 * and crashes, what is served was put and not known to be gone, what was acknowledged is there
 * again, and nothing is left in the end.
 */
class SimulationTest {
  /** Of what a simulated machine suffers the store warns at length. */
  private final SilentLog silence = new SilentLog();

  @AfterEach
  void speak() {
    // What is still to be logged goes with the threads that would.
    Schedulers.shutdownNow();
    silence.close();
  }

  @Test
  void nothingIsLostAndNothingIsWrong() {
    simulate(160);
  }

  @Test
  @Tag("full")
  void nothingIsLostAndNothingIsWrongForLong() {
    simulate(20_000);
  }

  private static void simulate(int runs) {
    SimulationFigures figures = new SimulationFigures();
    for (int seed = 1; seed <= runs; seed++) {
      Simulation.run(seed, figures);
    }
    assertThat(figures.served).isPositive();
    assertThat(figures.recovered).isPositive();
    assertThat(figures.corrupt).isPositive();
  }

  @Test
  void theSameSeedMakesTheSameRun() {
    assertThat(Simulation.historyOf(2)).contains("=== open").isEqualTo(Simulation.historyOf(2));
  }

  @Test
  void everyImageThatALossOfPowerCanLeaveHolds() {
    SimulationFigures figures = new SimulationFigures();
    for (int seed = 1; seed <= 4; seed++) {
      new SimulatedRun(seed, false, new SimulationHistory(0), figures).enumerateImages(250, 64);
    }
    assertThat(figures.images).isGreaterThan(1_000);
  }
}
