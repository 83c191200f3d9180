package io.daxflux.perf.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.perf.race.Samples;
import io.daxflux.perf.race.Spread;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoalsTest {
  private static final String RESTORE =
      "| restore of 40 MiB chunks, JVM engine: share of the JVM's copy, 2 threads | ≥ 0.95 |";

  @Test
  void verdictIsOfTheRoundsRatiosAndNotOfTheMedians() {
    // Medians 10 and 10; but in each round ours was slower.
    Row floor = restore("floor: JVM copy", 8, 10, 20);
    Row ours = restore("daxflux restoreAll", 6, 7.5, 15);

    assertThat(table(floor, ours)).contains(RESTORE + " 0.750 (0.750–0.750) | 3 | **missed** |");
  }

  @Test
  void goalBetweenTheQuartilesIsWithinNoise() {
    Row floor = restore("floor: JVM copy", 10, 10, 10, 10, 10);
    Row ours = restore("daxflux restoreAll", 9, 9.4, 9.6, 9.8, 10);

    assertThat(table(floor, ours)).contains(RESTORE + " 0.960 (0.940–0.980) | 5 | within noise |");
  }

  @Test
  void goalOutsideTheQuartilesIsReached() {
    Row floor = restore("floor: JVM copy", 10, 10, 10);
    Row ours = restore("daxflux restoreAll", 9.6, 9.7, 9.8);

    assertThat(table(floor, ours)).contains(RESTORE + " 0.970 (0.965–0.975) | 3 | reached |");
  }

  @Test
  void figuresOfDifferentRacesAreComparedByOppositeQuartiles() {
    Row one = figure("daxflux restoreAll", "1 MiB", 1, new Spread(5, 1, 8, 10, 11, 12, 12));
    Row eight = figure("daxflux restoreAll", "1 MiB", 8, new Spread(3, 1, 9, 10, 12, 13, 13));

    assertThat(table(one, eight))
        .contains(
            "| eight callers, 1 MiB chunks: times one caller | ≥ 0.95 | 1.00 (0.818–1.50) | 3 |"
                + " within noise |");
  }

  @Test
  void betterSlabIsTheOneThatCounts() {
    assertThat(
            table(
                restore("daxflux restoreAll", 12, 12, 12),
                restore("LMCache #2904", 3, 3, 3),
                restore("LMCache #2904, best slab", 6, 6, 6)))
        .contains(
            "| restore of 40 MiB chunks, JVM engine: times #2904 with its better slab | ≥ 2.3 |"
                + " 2.00 (2.00–2.00) | 3 | **missed** |");
  }

  @Test
  void goalOfWhichNothingWasMeasuredSaysSo() {
    assertThat(table(restore("floor: JVM copy", 10), restore("daxflux restoreAll", 10)))
        .contains("| lookup of 1,000 keys, index of 10^7, µs | ≤ 500 |  |  | not measured |");
  }

  @Test
  void nothingMeasuredMakesNoTable() {
    assertThat(new Goals(new Lookup(List.of())).areMeasured()).isFalse();
  }

  private static String table(Row... rows) {
    return new Goals(new Lookup(List.of(rows))).table().markdown();
  }

  private static Row restore(String system, double... figures) {
    Samples samples = new Samples();
    for (double figure : figures) {
      samples.add(figure);
    }
    return figure(system, "40 MiB", 1, samples.spread()).inRounds(samples.toList());
  }

  private static Row figure(String system, String chunk, int callers, Spread spread) {
    return Row.plain(system, "restore", chunk, 1, 2, callers, "GB/s", spread).laidOut("contiguous");
  }
}
