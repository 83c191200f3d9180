package io.daxflux.perf.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.perf.probe.SafepointProbe.Running;
import io.daxflux.perf.probe.SafepointProbe.Turn;
import io.daxflux.perf.race.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SafepointLogTest {
  private static final Running NOTHING = new Running("nothing", 0);
  private static final Running COPY = new Running("copy", 2);

  private final List<String> lines =
      List.of(
          line("FindDeadlocks", 1000),
          line("G1CollectForAllocation", 7_000_000),
          line("FindDeadlocks", 500_000),
          line("FindDeadlocks", 700_500),
          "",
          line("FindDeadlocks", 3000));

  @Test
  void safepointsBelongToTheTurnsInOrder() {
    Map<Running, Samples> us =
        SafepointLog.reachedUs(
            lines, List.of(new Turn(NOTHING, 1), new Turn(COPY, 2), new Turn(NOTHING, 1)));

    assertThat(us).containsOnlyKeys(NOTHING, COPY);
    assertThat(us.get(NOTHING).spread().min()).isEqualTo(1);
    assertThat(us.get(NOTHING).spread().max()).isEqualTo(3);
    assertThat(us.get(COPY).spread().min()).isEqualTo(500);
    assertThat(us.get(COPY).spread().max()).isEqualTo(700.5);
  }

  @Test
  void safepointsThatNoTurnAskedForAreRefused() {
    assertThatThrownBy(() -> SafepointLog.reachedUs(lines, List.of(new Turn(NOTHING, 3))))
        .hasMessage("log of safepoints: expected 3 that were asked for, found 4");
  }

  private static String line(String operation, long reachingNs) {
    return "Safepoint \""
        + operation
        + "\", Time since last: 3098470 ns, Reaching safepoint: "
        + reachingNs
        + " ns, At safepoint: 938 ns, Leaving safepoint: 247 ns, Total: 1510 ns,"
        + " Threads: 0 runnable, 10 total";
  }
}
