package io.daxflux.examples.engine.llama;

import io.daxflux.examples.engine.EngineUnavailableException;
import org.junit.jupiter.api.Assumptions;

/** Whether llama.cpp runs on this machine. */
public final class EngineHere {
  private EngineHere() {}

  /**
   * Skips the test where it does not, and says why; fails it in CI, which installs what it needs.
   */
  public static void expect() {
    try {
      LlamaCalls.load();
    } catch (EngineUnavailableException absent) {
      if (Boolean.parseBoolean(System.getenv("CI"))) {
        throw absent;
      }
      Assumptions.abort(absent.getMessage());
    }
  }
}
