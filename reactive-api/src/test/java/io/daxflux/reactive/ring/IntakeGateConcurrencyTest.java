package io.daxflux.reactive.ring;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** In every interleaving nothing is published after the gate was found closed and quiet. */
class IntakeGateConcurrencyTest {
  @Test
  void nothingArrivesOnceItIsQuiet() {
    explore(1500);
  }

  @Test
  @Tag("full")
  void nothingArrivesOnceItIsQuietFullDose() {
    explore(200_000);
  }

  private static void explore(int interleavings) {
    Interleavings.of(Intake.class)
        .thread("publish", "publish")
        .thread("publish")
        .thread("close", "look")
        .explore(interleavings);
  }

  /** Publishers and the one who closes. */
  public static class Intake {
    private static final int NOT_QUIET = -1;

    private final IntakeGate gate = new IntakeGate();
    private final AtomicInteger published = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private int publishedWhenQuiet = NOT_QUIET;

    public void publish() {
      if (gate.enter()) {
        published.incrementAndGet();
        gate.leave();
      } else {
        refused.incrementAndGet();
      }
    }

    public void close() {
      gate.close();
    }

    public void look() {
      if (gate.isQuiet()) {
        publishedWhenQuiet = published.get();
      }
    }

    public void check() {
      Interleavings.require(gate.isQuiet(), "it is quiet in the end");
      Interleavings.require(!gate.enter(), "it stays closed");
      Interleavings.require(published.get() + refused.get() == 3, "each is in or refused");
      Interleavings.require(
          publishedWhenQuiet == NOT_QUIET || publishedWhenQuiet == published.get(),
          "nothing arrives once it is quiet");
    }
  }
}
