package io.daxflux.reactive.ring;

import static org.assertj.core.api.Assertions.assertThat;

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
      assertThat(gate.isQuiet()).isTrue();
      assertThat(gate.enter()).isFalse();
      assertThat(published.get() + refused.get()).isEqualTo(3);
      if (publishedWhenQuiet != NOT_QUIET) {
        assertThat(published.get()).isEqualTo(publishedWhenQuiet);
      }
    }
  }
}
