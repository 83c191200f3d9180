package io.daxflux.examples.longdocqa.engine;

import io.daxflux.examples.longdocqa.ByteSize;
import io.daxflux.examples.longdocqa.engine.EngineReport.Change;
import io.daxflux.examples.longdocqa.engine.EngineReport.Setting;
import io.daxflux.examples.longdocqa.engine.FlippedBit.Caught;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;

/** A report for people. */
final class EngineTable {
  private static final String HEAD = "%-10s %9s %9s %9s %9s %8s %9s %9s %9s %8s%n";

  private final PrintStream out;

  EngineTable(PrintStream out) {
    this.out = out;
  }

  void print(Setting setting) {
    out.printf(
        Locale.ROOT,
        "%n%s: %s, %.1f KiB of cache a token, chunks of %s; %d documents of %,d tokens,"
            + " questions of %d, answers of %d, %d in flight%n",
        setting.name(),
        setting.model().name(),
        setting.model().kvBytesAToken() / 1024,
        ByteSize.format(setting.model().chunkBytes()),
        setting.asked().documents(),
        setting.asked().documentTokens(),
        setting.asked().questionTokens(),
        setting.asked().answerTokens(),
        setting.asked().inFlight());
    out.println();
    out.printf(
        HEAD,
        "",
        "TTFT mean",
        "median",
        "p99",
        "round",
        "hits",
        "restored",
        "waited",
        "of",
        "import");
    out.printf(HEAD, "system", "ms", "ms", "ms", "s", "", "ms", "ms", "TTFT", "ms");
    row(setting.warmUp());
    setting.systems().forEach(this::row);
    out.println();
    setting.systems().stream().filter(SystemFigures::streams).forEach(this::overlap);
    setting.changes().forEach(this::change);
    out.printf(
        Locale.ROOT,
        "Exact: %,d answers about %d documents: all logits and all tokens are the computed ones.%n",
        setting.verified().answers(),
        setting.verified().documents());
    Caught caught = setting.flippedBit();
    out.printf(
        Locale.ROOT,
        "One bit flipped in chunk %d: %s, %d chunks imported, the rest computed, the answer %s;"
            + " unseen it would have changed %d of %d logits.%n",
        caught.chunk(),
        caught.miss(),
        caught.imported(),
        caught.answerRight() ? "right" : "wrong",
        caught.logitsChanged(),
        caught.logits());
    if (setting.restarted() != null) {
      out.printf(
          Locale.ROOT,
          "Another process opened the store in %.1f ms and answered %d prompts, %.0f%% hits, TTFT"
              + " %.2f ms at the median: the same answers.%n",
          setting.restarted().openMs(),
          setting.restarted().prompts(),
          100 * setting.restarted().hitRate(),
          setting.restarted().ttftMedianMs());
    }
  }

  private void row(SystemFigures figures) {
    out.printf(
        Locale.ROOT,
        "%-10s %9.2f %9.2f %9.2f %9.3f %7.0f%% %9.3f %9.3f %8.2f%% %8.3f%n",
        figures.system(),
        figures.ttftMeanMs(),
        figures.ttftMedianMs(),
        figures.ttftP99Ms(),
        figures.roundSeconds(),
        100 * figures.hitRate(),
        figures.restoreMs(),
        figures.storageMs(),
        100 * figures.storageShare(),
        figures.importMs());
  }

  private void overlap(SystemFigures figures) {
    out.printf(
        Locale.ROOT,
        "%s: %d of %d prompts began to import before their last chunk was restored%n",
        figures.system(),
        figures.overlapped(),
        figures.prompts());
  }

  private void change(Change change) {
    out.printf(
        Locale.ROOT,
        "%s against %s: mean TTFT %+.1f%%, round %+.1f%%%s%n",
        change.system(),
        change.against(),
        change.ttftPercent(),
        change.roundPercent(),
        change.published() == null
            ? ""
            : String.format(
                Locale.ROOT,
                " (LMCache's #2904 against the path before it, %s: %+.1f%%, %+.1f%%)",
                change.published().control(),
                change.published().ttftPercent(),
                change.published().roundPercent()));
  }

  void readOn(Path json) {
    out.printf(Locale.ROOT, "%nFigures: %s%n", json);
    out.printf(
        Locale.ROOT, "Read on: docs/serving.md (how to compose it with an engine of your own)%n");
  }
}
