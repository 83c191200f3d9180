package io.daxflux.reactive.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * The last steps of a run, one line each; kept only where a run is repeated to see why it fails.
 */
final class SimulationHistory {
  private final Deque<String> lines = new ArrayDeque<>();
  private final int most;

  /**
   * @param most how many lines to keep; 0 for none
   */
  SimulationHistory(int most) {
    this.most = most;
  }

  void note(int step, Supplier<String> what) {
    if (most > 0) {
      if (lines.size() == most) {
        lines.remove();
      }
      lines.add(step + " " + what.get());
    }
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
