package io.daxflux.perf.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** The tables of the page, made of the rows of a run. */
public final class Tables {
  private static final String CONTIGUOUS = "contiguous";
  private static final String FRAGMENTED = "fragmented";
  private static final String OURS = "daxflux restoreAll";
  private static final String ONE_WORKER = " by one worker";
  private static final Set<String> COPIES = Set.of("restore", "stream");

  private final Figures figures;

  private Tables(Figures figures) {
    this.figures = figures;
  }

  /** A page with a table for everything that was measured. */
  public static Page of(Figures figures) {
    return new Tables(figures).page();
  }

  private Page page() {
    Page page = new Page();
    page.put("machine", machine());
    Predicate<Row> alone = row -> row.callers() == 1 && COPIES.contains(row.work());
    Predicate<Row> contiguous = row -> CONTIGUOUS.equals(row.layout());
    Predicate<Row> fragmented = row -> FRAGMENTED.equals(row.layout());
    put(page, "restore", alone.and(contiguous));
    put(page, "fragmented", alone.and(fragmented));
    put(page, "one-worker", row -> row.work().endsWith(ONE_WORKER));
    put(page, "memory", row -> row.work().endsWith(" from memory"));
    ways(page);
    put(page, "callers", row -> row.callers() > 1 && COPIES.contains(row.work()));
    put(page, "slowest-caller", row -> row.work().equals("slowest caller"));
    put(page, "first-chunk", contiguous.and(Tables::isFirstChunk));
    put(page, "borrow", contiguous.and(row -> row.work().equals("borrow")));
    put(page, "put", row -> row.work().equals("put"));
    put(page, "garbage", row -> row.work().equals("garbage"));
    put(page, "start", row -> row.work().startsWith("start"));
    putByWork(page, "index", row -> row.chunk().endsWith(" entries"));
    putByWork(page, "arena", row -> row.chunk().endsWith(" GiB"));
    putByWork(page, "served", row -> row.work().startsWith("served "));
    goals(page);
    verified(page);
    percentiles(page, "hit", Set.of("single hit"), Row::system);
    percentiles(page, "safepoints", Set.of("time to safepoint", "time of a slice"), Tables::label);
    pauses(page);
    ahead(page);
    return page;
  }

  private static boolean isFirstChunk(Row row) {
    return row.work().equals("first chunk") && !row.system().startsWith("floor");
  }

  private List<Row> rows(Predicate<Row> wanted) {
    return figures.rows().stream().filter(wanted).toList();
  }

  private void put(Page page, String name, Predicate<Row> wanted) {
    List<Row> rows = rows(wanted);
    if (!rows.isEmpty()) {
      String corner = rows.getFirst().unit();
      page.put(name, Grid.of(corner, rows, Tables::label, Row::chunk, Cells::full).markdown());
    }
  }

  private void putByWork(Page page, String name, Predicate<Row> wanted) {
    List<Row> rows = rows(wanted);
    if (!rows.isEmpty()) {
      page.put(
          name,
          Grid.of(
                  "",
                  rows,
                  row -> row.system() + ": " + row.work() + ", " + row.unit(),
                  Row::chunk,
                  Cells::full)
              .markdown());
    }
  }

  /** With the number of threads, for those that come with several. */
  private static String label(Row row) {
    return row.threads() == 0 || row.callers() > 1
        ? row.system()
        : row.system() + ", " + row.threads() + (row.threads() == 1 ? " thread" : " threads");
  }

  /** Which of several ways was chosen. */
  private void ways(Page page) {
    Grid grid = new Grid("");
    for (Row row : figures.rows()) {
      if (row.isMeasured() && row.note() != null && CONTIGUOUS.equals(row.layout())) {
        String callers = row.callers() == 1 ? "" : ", " + row.callers() + " callers";
        grid.put(label(row) + ": " + row.work() + callers, row.chunk(), row.note());
      }
    }
    if (!grid.isEmpty()) {
      page.put("ways", grid.markdown());
    }
  }

  private void goals(Page page) {
    Goals goals = new Goals(new Lookup(figures.rows()));
    if (goals.areMeasured()) {
      page.put("goals", goals.table().markdown());
    }
  }

  private void verified(Page page) {
    List<Row> rows = rows(row -> row.work().endsWith("verified restore"));
    if (!rows.isEmpty()) {
      page.put("verified", Grid.of("GB/s", rows, Row::system, Row::chunk, Cells::full).markdown());
    }
  }

  private void percentiles(
      Page page, String name, Set<String> works, Function<Row, String> naming) {
    List<Row> rows = rows(row -> works.contains(row.work()));
    if (!rows.isEmpty()) {
      Grid grid = new Grid(rows.getFirst().unit());
      for (Row row : rows) {
        String line = naming.apply(row);
        if (row.isMeasured()) {
          grid.put(line, "p50", Cells.number(row.spread().median()));
          grid.put(line, "p99", Cells.number(row.spread().p99()));
          grid.put(line, "least", Cells.number(row.spread().min()));
          grid.put(line, "most", Cells.number(row.spread().max()));
        } else {
          grid.put(line, "p50", row.note());
        }
      }
      page.put(name, grid.markdown());
    }
  }

  /** By the size of the arena. */
  private void pauses(Page page) {
    List<Row> rows = rows(row -> row.work().endsWith(" collection pause"));
    if (!rows.isEmpty()) {
      Grid grid = new Grid(rows.getFirst().unit());
      for (Row row : rows) {
        String line = row.system() + ", " + row.work();
        grid.put(line + ", median", row.chunk(), Cells.number(row.spread().median()));
        grid.put(line + ", longest", row.chunk(), Cells.number(row.spread().max()));
      }
      page.put("pauses", grid.markdown());
    }
  }

  /** How many times as fast as each other: their medians under ours, chunk by chunk. */
  private void ahead(Page page) {
    List<Row> rows =
        rows(
            row ->
                row.work().equals("restore")
                    && row.callers() == 1
                    && CONTIGUOUS.equals(row.layout())
                    && row.isMeasured());
    Map<String, Double> ours = new LinkedHashMap<>();
    for (Row row : rows) {
      if (row.system().equals(OURS)) {
        ours.put(row.chunk(), row.median());
      }
    }
    Grid grid = new Grid("times as fast as");
    boolean any = false;
    for (Row row : rows) {
      Double best = ours.get(row.chunk());
      if (best != null
          && !row.system().startsWith("daxflux")
          && !row.system().startsWith("floor")) {
        grid.put(label(row), row.chunk(), String.format(Locale.ROOT, "%.1f", best / row.median()));
        any = true;
      }
    }
    if (any) {
      page.put("ahead", grid.markdown());
    }
  }

  private String machine() {
    Machine machine = figures.machine();
    return String.format(
        Locale.ROOT,
        """
        | | |
        | --- | --- |
        | run | %s, %s, %.1f minutes |
        | machine | %s, %d cores, %.0f GiB |
        | kernel | %s |
        | JDK | %s |
        | flags | %s |
        | commit | %s |
        """,
        figures.mode(),
        figures.date(),
        figures.minutes(),
        machine.cpu(),
        machine.cores(),
        machine.memoryBytes() / (double) (1 << 30),
        machine.kernel(),
        machine.jdk(),
        String.join(" ", machine.flags()),
        machine.commit());
  }
}
