package io.daxflux.perf.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.perf.ground.Arrangement;
import io.daxflux.perf.ground.ChunkSize;
import io.daxflux.perf.probe.IndexProbe;
import io.daxflux.perf.race.Pace;
import io.daxflux.perf.race.Spread;
import io.daxflux.perf.report.Figures;
import io.daxflux.perf.report.Machine;
import io.daxflux.perf.report.Row;
import io.daxflux.perf.report.Tables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No goal asks for a figure by a name that nobody has. */
class EveryGoalTest {
  private static final Effort SMALL =
      new Effort("small", 1L << 20, new Pace(Duration.ZERO, 1, 1, Duration.ZERO));
  private static final ChunkSize CHUNK = ChunkSize.KIB_64;

  @Test
  void everyGoalIsMeasuredByARunOfAllParts() {
    List<Row> rows = new ArrayList<>();
    Slabs slabs = new Slabs();
    for (Arrangement arrangement : Arrangement.values()) {
      restore(arrangement, 1, slabs).flatMap(EveryGoalTest::asAnySize).forEach(rows::add);
    }
    restore(Arrangement.CONTIGUOUS, 8, slabs).flatMap(EveryGoalTest::asAnySize).forEach(rows::add);
    Stream.of(new PutWork(SMALL, CHUNK, 2, false).run(), new VerifyWork(SMALL, CHUNK, 2).run())
        .flatMap(List::stream)
        .flatMap(EveryGoalTest::asAnySize)
        .forEach(rows::add);
    new GarbageWork(CHUNK).run().stream().flatMap(EveryGoalTest::asAnySize).forEach(rows::add);
    new ServeWork(SMALL, List.of(CHUNK))
        .run().stream().flatMap(EveryGoalTest::asAnySize).forEach(rows::add);
    rows.addAll(new HitWork(500).run());
    rows.addAll(new StartWork(1, true).run());
    rows.addAll(new IndexWork(10_000_000, 0).rows(found(10_000_000)));
    rows.addAll(new IndexWork(100_000, 512).rows(found(100_000)));

    List<String> unmeasured =
        Tables.of(new Figures("small", "2026-11-23", 1, Machine.local(), rows))
            .table("goals")
            .lines()
            .filter(line -> line.contains("not measured"))
            .toList();

    boolean hasHelper = Engine.present().contains(Engine.NATIVE);
    assertThat(unmeasured)
        .filteredOn(line -> hasHelper || !line.contains("native"))
        .filteredOn(line -> !line.contains("Redis") || isInstalled(rows, "Redis"))
        .isEmpty();
  }

  private static Stream<Row> restore(Arrangement arrangement, int callers, Slabs slabs) {
    boolean withPeers = arrangement == Arrangement.CONTIGUOUS && callers == 1;
    return new RestoreWork(SMALL, CHUNK, arrangement, 2, callers, withPeers, slabs).run().stream();
  }

  /** Names do not depend on the size of chunks; to restore large ones would take long. */
  private static Stream<Row> asAnySize(Row row) {
    return Stream.concat(ChunkSize.ALL.stream(), Stream.of(ChunkSize.MIB_16))
        .map(size -> of(size.name(), row));
  }

  private static Row of(String size, Row row) {
    return new Row(
        row.system(),
        row.work(),
        size,
        row.chunkBytes(),
        row.layout(),
        row.threads(),
        row.callers(),
        row.unit(),
        row.median(),
        row.spread(),
        row.rounds(),
        row.floor(),
        row.shareOfFloor(),
        row.note());
  }

  private static boolean isInstalled(List<Row> rows, String peer) {
    return rows.stream().anyMatch(row -> row.system().startsWith(peer) && row.isMeasured());
  }

  private static IndexProbe.Found found(int entries) {
    Spread spread = Spread.of(1);
    return new IndexProbe.Found(entries, 1, spread, spread, spread, 1, 1);
  }
}
