package io.daxflux.examples.longdocqa;

import io.daxflux.examples.longdocqa.Report.Input;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report for people. */
final class Table {
  private static final String ROW = "%-14s %9s %9s %9s %12s %9s %9s %9s";

  private final PrintStream out;

  Table(PrintStream out) {
    this.out = out;
  }

  /** What will be measured, said before it is. */
  void announce(Input input, Report.Store store, Machine machine) {
    line(
        "LongDocQa: the KV cache of %,d documents of %,d tokens, as %s has it",
        input.documents(), input.documentTokens(), input.model());
    line(
        "  %s a document, in %d chunks of up to %s; text: %s",
        ByteSize.format(input.documentBytes()),
        input.documentChunks(),
        ByteSize.format(input.chunkBytes()),
        input.text());
    line(
        "  store: %s of %s; %d restore workers",
        ByteSize.format(store.deviceBytes()), store.device(), store.workers());
    line("  machine: %s, %d cores; JDK %s", machine.cpu(), machine.cores(), machine.jdk());
  }

  void print(Report report) {
    line("");
    line(
        "Stored %d chunks, %s, in %.2f s (%.1f GB/s). Asked for %d documents along each path:",
        report.stored().chunks(),
        ByteSize.format(report.stored().bytes()),
        report.stored().putSeconds(),
        report.stored().gigabytesPerSecond(),
        report.paths().getFirst().documents());
    line("");
    line(ROW, "", "mean", "median", "p99", "first chunk", "", "times", "times");
    line(ROW, "path", "ms", "ms", "ms", "ms", "GB/s", "serial", "floor");
    for (PathFigures path : report.paths()) {
      line(
          ROW,
          path.path(),
          milliseconds(path.meanMs()),
          milliseconds(path.medianMs()),
          milliseconds(path.p99Ms()),
          milliseconds(path.firstChunkMs()),
          path.gigabytesPerSecond() == null ? "-" : decimal(path.gigabytesPerSecond(), 1),
          ratio(path.ratioToSerial()),
          ratio(path.ratioToFloor()));
    }
    line("");
    line("%s", verdict(report.verified()));
    report.notes().forEach(note -> line("Note: %s", note));
  }

  /** Where the figures are, and where to read on. */
  void readOn(Path jsonFile) {
    line("Figures: %s", jsonFile);
    line("Read on: README.md, docs/architecture.md (how a restore travels),");
    line("         docs/configuration.md (every knob), examples/src/main/java (short programs)");
  }

  private static String verdict(Report.Verified verified) {
    return verified.documents() == 0
        ? "Not verified (--no-verify)."
        : String.format(
            Locale.ROOT,
            "Verified %,d bytes of %,d restored documents: every one is as it was put.",
            verified.bytes(),
            verified.documents());
  }

  private static String milliseconds(double ms) {
    return decimal(ms, ms < 1 ? 3 : ms < 10 ? 2 : 1);
  }

  private static String ratio(@Nullable Double ratio) {
    return ratio == null ? "-" : decimal(ratio, ratio < 100 ? 2 : 0);
  }

  private static String decimal(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values).stripTrailing());
  }
}
