package io.daxflux.perf;

import io.daxflux.perf.report.Figures;
import io.daxflux.perf.report.Machine;
import io.daxflux.perf.report.Publication;
import io.daxflux.perf.report.Row;
import io.daxflux.perf.report.Rows;
import io.daxflux.perf.work.Effort;
import io.daxflux.perf.work.Program;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line: runs the program, writes the figures down, and fills the page. */
@Command(
    name = "Shootout",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = "Runs daxflux, floors and peers side by side, and checks every byte.%n")
final class ShootoutCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ShootoutCommand.class);
  private static final Path TARGET = Path.of("perf/target");
  private static final Path DOCS = Path.of("docs");
  private static final double NS_PER_SECOND = 1e9;
  private static final double NS_PER_MINUTE = 60e9;

  @Option(
      names = "--full",
      arity = "0..1",
      fallbackValue = "true",
      description =
          "Measures everything, which takes half an hour, and fills docs/performance.md,"
              + " unless a part of it fails.")
  boolean full;

  @Option(
      names = "--only",
      paramLabel = "REGEX",
      description = "Only the parts of the program whose names match; fills no page in docs.")
  @Nullable Pattern only;

  @Option(
      names = "--fill",
      arity = "0..1",
      paramLabel = "FILE",
      fallbackValue = "docs/performance.json",
      description =
          "Measures nothing: fills docs/performance.md with the figures of this file; without one,"
              + " with those that it was filled with last.")
  @Nullable Path fill;

  @Option(
      names = "--force",
      description = "Fills docs/performance.md also where sources were changed since the commit.")
  boolean force;

  private final PrintStream out;
  private final List<String> failures = new ArrayList<>();

  ShootoutCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    Publication publication = new Publication(DOCS);
    boolean publishes = fill != null || (full && only == null);
    Figures last = fill == null ? null : Figures.read(fill);
    Machine machine = last == null ? Machine.local() : last.machine();
    if (publishes && !force && !machine.isClean()) {
      out.println(
          "docs/performance.md: expected figures of a commit, found sources changed since "
              + machine.commit()
              + " (--force fills it all the same)");
      return CommandLine.ExitCode.USAGE;
    }
    Figures figures = last == null ? measure(full ? Effort.FULL : Effort.QUICK, machine) : last;
    if (last == null) {
      figures.write(TARGET.resolve("shootout.json"));
    }
    failures.forEach(failure -> out.println("Failed: " + failure));
    boolean sound = failures.isEmpty();
    Path page =
        publishes && sound ? publication.publish(figures) : publication.writeTo(TARGET, figures);
    out.println("Tables and plots: " + page);
    return sound ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private Figures measure(Effort effort, Machine machine) {
    long startNs = System.nanoTime();
    List<Row> rows = new ArrayList<>();
    for (Program.Item item : Program.of(effort)) {
      if (only == null ? !item.onRequest() : only.matcher(item.name()).find()) {
        addAll(measure(item), item, rows);
      }
    }
    return new Figures(
        effort.name(),
        LocalDate.now(ZoneOffset.UTC).toString(),
        (System.nanoTime() - startNs) / NS_PER_MINUTE,
        machine,
        rows);
  }

  /** Who says again what was said takes nothing of it back. */
  private void addAll(List<Row> more, Program.Item item, List<Row> rows) {
    List<Row> all = new ArrayList<>(rows);
    all.addAll(more);
    try {
      Rows.requireDistinct(all);
      rows.addAll(more);
    } catch (IllegalArgumentException twice) {
      failures.add(item.name() + ": " + twice.getMessage());
    }
  }

  /** What fails does not take the figures of the rest with it. */
  private List<Row> measure(Program.Item item) {
    out.printf("%n%s%n", item.name());
    long startNs = System.nanoTime();
    try {
      List<Row> rows = item.work().get();
      rows.forEach(this::print);
      out.printf(Locale.ROOT, "  (%.0f s)%n", (System.nanoTime() - startNs) / NS_PER_SECOND);
      return rows;
    } catch (RuntimeException failure) {
      LOG.error("{} failed", item.name(), failure);
      failures.add(item.name() + ": " + failure.getMessage());
      return List.of();
    }
  }

  private void print(Row row) {
    if (!row.isMeasured()) {
      out.printf("  %-38s %s%n", row.system(), row.note());
      return;
    }
    out.printf(
        Locale.ROOT,
        "  %-38s %-28s %d threads %10.2f %s%s%n",
        row.system(),
        row.work(),
        row.threads(),
        row.median(),
        row.unit(),
        row.shareOfFloor() == null
            ? ""
            : String.format(Locale.ROOT, ", %.2f of %s", row.shareOfFloor(), row.floor()));
  }
}
