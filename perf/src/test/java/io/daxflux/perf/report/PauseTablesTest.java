package io.daxflux.perf.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.perf.race.Spread;
import java.util.List;
import org.junit.jupiter.api.Test;

class PauseTablesTest {
  private static final Spread SPREAD = new Spread(9, 1, 2, 3, 4, 5, 6);

  @Test
  void hitThatCouldNotBeMeasuredSaysWhy() {
    assertThat(
            table(
                "hit",
                Row.plain("daxflux", "single hit", "64 KiB", 1, 1, 1, "µs", SPREAD),
                Row.absent(
                    "daxflux, one processor", "single hit", "64 KiB", 1, "µs", "no taskset")))
        .contains(
            """
            | µs | p50 | p99 | least | most |
            | --- | --- | --- | --- | --- |
            | daxflux | 3.00 | 5.00 | 1.00 | 6.00 |
            | daxflux, one processor | no taskset |  |  |  |
            """);
  }

  @Test
  void sliceStandsBesideTheTimesToSafepoint() {
    assertThat(
            table(
                "safepoints",
                Row.plain("nothing", "time to safepoint", "40 MiB", 1, 0, 1, "µs", SPREAD),
                Row.plain("one slice", "time of a slice", "40 MiB", 1, 2, 1, "µs", SPREAD)))
        .contains(
            """
            | nothing | 3.00 | 5.00 | 1.00 | 6.00 |
            | one slice, 2 threads | 3.00 | 5.00 | 1.00 | 6.00 |
            """);
  }

  @Test
  void pausesStandByTheSizeOfTheArena() {
    assertThat(
            table(
                "pauses",
                Row.plain("G1", "full collection pause", "1 GiB arena", 1, 0, 1, "ms", SPREAD),
                Row.plain("G1", "full collection pause", "4 GiB arena", 1, 0, 1, "ms", SPREAD)))
        .contains(
            """
            | ms | 1 GiB arena | 4 GiB arena |
            | --- | --- | --- |
            | G1, full collection pause, median | 3.00 | 3.00 |
            | G1, full collection pause, longest | 6.00 | 6.00 |
            """);
  }

  private static String table(String name, Row... rows) {
    Machine machine = new Machine("cpu", 2, 24L << 30, "Linux 6", "25", List.of("-Xmx1g"), "abc");
    Figures figures = new Figures("quick", "2026-11-23", 1.5, machine, List.of(rows));
    return Tables.of(figures)
        .fill(
            """
            <!-- figures: machine -->
            <!-- end -->
            <!-- figures: %s -->
            <!-- end -->
            """
                .formatted(name));
  }
}
