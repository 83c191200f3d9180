package io.daxflux.perf.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.perf.probe.CollectionProbe;
import io.daxflux.perf.report.Figures;
import io.daxflux.perf.report.Machine;
import io.daxflux.perf.report.Row;
import io.daxflux.perf.report.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is measured in JVMs of their own, at a small size. */
class JvmCostTest {
  @Test
  void everyFigureComesWithTheSamplesAskedForAndHasItsPlace() throws IOException {
    List<Row> safepoints = new SafepointWork(2, 3).run();
    List<Row> pauses = CollectionWork.measure("Parallel", CollectionProbe.DOCUMENT_BYTES);
    List<Row> free = new HitJvmWork(500, false).run();
    List<Row> hits = new HitJvmWork(500, true).run();

    assertThat(safepoints)
        .filteredOn(row -> row.work().equals("time to safepoint"))
        .allMatch(row -> row.spread().count() == 6)
        .extracting(Row::system)
        .startsWith("nothing running", "daxflux restoreAll")
        .endsWith("JVM copy, 40 MiB a call");
    assertThat(safepoints.getLast().work()).isEqualTo("time of a slice");
    assertThat(pauses)
        .extracting(Row::work)
        .containsExactly("young collection pause", "full collection pause");
    assertThat(pauses).extracting(Row::chunk).containsOnly("0.13 GiB arena");
    assertThat(free).hasSize(2).allMatch(row -> row.spread().count() == 500);
    assertThat(hits)
        .allMatch(row -> row.system().endsWith(", one processor"))
        .allMatch(row -> row.isMeasured() ? row.spread().count() == 500 : row.note() != null);

    List<Row> rows = new ArrayList<>(safepoints);
    rows.addAll(pauses);
    rows.addAll(hits);
    Figures figures = new Figures("small", "2026-11-23", 1, Machine.local(), rows);
    assertThat(Tables.of(figures).fill(Files.readString(Path.of("../docs/performance.md"))))
        .contains(
            "| JVM copy, 40 MiB a call, 2 threads |",
            "| daxflux, Parallel, full collection pause, longest |",
            "| daxflux restoreAll, one processor |");
  }
}
