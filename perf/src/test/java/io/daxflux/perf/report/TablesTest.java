package io.daxflux.perf.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.perf.race.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesTest {
  private static final String PLACES =
      """
      <!-- figures: machine -->
      <!-- end -->
      <!-- figures: restore -->
      <!-- end -->
      <!-- figures: goals -->
      <!-- end -->
      <!-- figures: ahead -->
      <!-- end -->
      """;

  private final List<Row> rows =
      List.of(
          row("floor: JVM copy", "40 MiB", 2, 20.0, null),
          row("floor: JVM copy", "64 KiB", 2, 8.0, null),
          row("daxflux restoreAll", "40 MiB", 2, 19.0, 0.95),
          row("LMDB", "64 KiB", 2, 4.0, 0.5),
          row("LMDB", "40 MiB", 2, 9.5, 0.475),
          absent("Redis", "40 MiB", "is not installed"));

  @Test
  void cellsHoldMedianQuartilesAndShareOrTheReason() {
    assertThat(Tables.of(figures()).fill(PLACES))
        .contains(
            """
            | GB/s | 40 MiB | 64 KiB |
            | --- | --- | --- |
            | floor: JVM copy, 2 threads | 20.0 (19.0–21.0) | 8.00 (7.00–9.00) |
            | daxflux restoreAll, 2 threads | 19.0 (18.0–20.0) **0.95** |  |
            | LMDB, 2 threads | 9.50 (8.50–10.5) **0.48** | 4.00 (3.00–5.00) **0.50** |
            | Redis | is not installed |  |
            """);
  }

  @Test
  void othersAreComparedWithRestoreAllWhereBothWereMeasured() {
    assertThat(Tables.of(figures()).fill(PLACES))
        .contains(
            """
            | times as fast as | 40 MiB |
            | --- | --- |
            | LMDB, 2 threads | 2.0 |
            """);
  }

  @Test
  void twoFiguresOfOneThingAreRefused() {
    Row first = row("daxflux restoreAll", "40 MiB", 2, 19.0, null);
    Row second = row("daxflux restoreAll", "40 MiB", 2, 21.0, null);

    assertThatThrownBy(() -> figures(List.of(first, second)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("figures: expected one row of each, found two of")
        .hasMessageContaining("system=daxflux restoreAll, work=restore, chunk=40 MiB");
    assertThat(figures(List.of(first, row("daxflux restoreAll", "40 MiB", 1, 21.0, null))).rows())
        .hasSize(2);
  }

  @Test
  void figuresAreReadAsTheyWereWritten(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("figures.json");

    figures().write(file);

    assertThat(Figures.read(file)).isEqualTo(figures());
    assertThat(Files.readString(file)).contains("\"shareOfFloor\" : 0.95");
  }

  private Figures figures() {
    return figures(rows);
  }

  private static Figures figures(List<Row> rows) {
    Machine machine = new Machine("cpu", 2, 24L << 30, "Linux 6", "25", List.of("-Xmx1g"), "abc");
    return new Figures("quick", "2026-11-23", 1.5, machine, rows);
  }

  private static Row row(
      String system, String chunk, int threads, double median, @Nullable Double share) {
    Spread spread =
        new Spread(3, median - 2, median - 1, median, median + 1, median + 2, median + 2);
    return new Row(
        system,
        "restore",
        chunk,
        1,
        "contiguous",
        threads,
        1,
        "GB/s",
        median,
        spread,
        null,
        share == null ? null : "floor",
        share,
        null);
  }

  private static Row absent(String system, String chunk, String reason) {
    return new Row(
        system,
        "restore",
        chunk,
        1,
        "contiguous",
        0,
        1,
        "GB/s",
        null,
        null,
        null,
        null,
        null,
        reason);
  }
}
