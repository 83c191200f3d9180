package io.daxflux.examples.longdocqa;

import io.daxflux.examples.longdocqa.Report.Input;
import io.daxflux.examples.longdocqa.StoreRound.Stored;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report for people. */
final class Table {
  private static final String ROW = "%-14s %9s %9s %9s %12s %9s %9s %9s%n";

  private final PrintStream out;

  Table(PrintStream out) {
    this.out = out;
  }

  /** What will be measured, said before it is. */
  void announce(Input input, Report.Store store, Machine machine) {
    out.printf(
        Locale.ROOT,
        "LongDocQa: the KV cache of %,d documents of %,d tokens, as %s has it%n",
        input.documents(),
        input.documentTokens(),
        input.model());
    out.printf(
        Locale.ROOT,
        "  %s a document, in %d chunks of up to %s; text: %s%n",
        ByteSize.format(input.documentBytes()),
        input.documentChunks(),
        ByteSize.format(input.chunkBytes()),
        input.text());
    out.printf(
        Locale.ROOT,
        "  store: %s of %s; %d restore workers%n",
        ByteSize.format(store.deviceBytes()),
        store.device(),
        store.workers());
    out.printf(
        Locale.ROOT,
        "  machine: %s, %d cores; JDK %s%n",
        machine.cpu(),
        machine.cores(),
        machine.jdk());
  }

  void print(Report report) {
    out.println();
    Stored stored = report.stored();
    if (stored.chunksFound() > 0) {
      out.printf(Locale.ROOT, "Found %d chunks of an earlier run. ", stored.chunksFound());
    }
    if (stored.chunks() > 0) {
      out.printf(
          Locale.ROOT,
          "Stored %d chunks, %s, in %.2f s (%.1f GB/s). ",
          stored.chunks(),
          ByteSize.format(stored.bytes()),
          stored.putSeconds(),
          stored.gigabytesPerSecond());
    }
    out.printf(
        Locale.ROOT,
        "Asked for %d documents along each path:%n",
        report.paths().getFirst().documents());
    printPaths(report.paths());
    out.printf(
        Locale.ROOT,
        "First reads compare checksums, these did not: %.1f GB/s%s.%n",
        report.firstRead().gigabytesPerSecond(),
        report.firstRead().ratioToRestoreAll() == null
            ? ""
            : ", " + ratio(report.firstRead().ratioToRestoreAll()) + " of restoreAll");
    if (report.reopened() != null) {
      printReopened(report.reopened());
    }
    out.println(verdict(report.verified()));
    report.notes().forEach(note -> out.println("Note: " + note));
  }

  private void printPaths(List<PathFigures> paths) {
    out.println();
    out.printf(Locale.ROOT, ROW, "", "mean", "median", "p99", "first chunk", "", "times", "times");
    out.printf(Locale.ROOT, ROW, "path", "ms", "ms", "ms", "ms", "GB/s", "serial", "floor");
    for (PathFigures path : paths) {
      out.printf(
          Locale.ROOT,
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
    out.println();
  }

  private void printReopened(Report.Reopened reopened) {
    out.printf(
        Locale.ROOT,
        "Closed and opened again: found %d chunks in %s ms, and restored all %d documents from"
            + " them.%n",
        reopened.chunksFound(),
        milliseconds(reopened.recoveryMs()),
        reopened.documents());
  }

  /** Where the figures are, and where to read on. */
  void readOn(Path jsonFile) {
    out.println("Figures: " + jsonFile);
    out.println("Read on: README.md, docs/architecture.md (how a restore travels),");
    out.println(
        "         docs/configuration.md (every knob), examples/src/main/java (short programs)");
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
}
