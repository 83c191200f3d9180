package io.daxflux.examples.longdocqa.engine;

import io.daxflux.examples.longdocqa.Machine;
import io.daxflux.examples.longdocqa.engine.Exactness.Verified;
import io.daxflux.examples.longdocqa.engine.FlippedBit.Caught;
import io.daxflux.examples.longdocqa.engine.Restart.Restarted;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a run found out.
 *
 * @param startedAt when, in UTC
 * @param seconds how long it took in all
 * @param options every option by its name
 */
record EngineReport(
    String job,
    String startedAt,
    double seconds,
    Machine machine,
    Map<String, Object> options,
    List<Setting> settings) {

  /**
   * One model and its prompts.
   *
   * @param warmUp the round in which every document was computed and stored; a table line like the
   *     others
   * @param changes how much less, or more, one system takes than another
   * @param trace one prompt of daxflux, chunk by chunk
   * @param restarted what another process found; null where nothing lasts, or nobody looked
   */
  record Setting(
      String name,
      Model model,
      Asked asked,
      SystemFigures warmUp,
      List<SystemFigures> systems,
      List<Change> changes,
      @Nullable Trace trace,
      Verified verified,
      Caught flippedBit,
      @Nullable Restarted restarted) {

    /** The line of this system; null where it was not asked. */
    @Nullable SystemFigures system(SystemKind kind) {
      return systems.stream()
          .filter(line -> line.system().equals(kind.toString()))
          .findFirst()
          .orElse(null);
    }
  }

  /**
   * What computes.
   *
   * @param keys names the model in chunk keys
   */
  record Model(String name, String keys, long chunkBytes, double kvBytesAToken) {}

  /** What was asked of it. */
  record Asked(
      int documents,
      int documentTokens,
      int questionTokens,
      int answerTokens,
      int repeats,
      String repeatMode,
      int inFlight,
      String order,
      double minRoundSeconds) {}

  /**
   * What a system takes more than another: negative where it takes less. Per cent, of the mean.
   *
   * @param published what LMCache published of #2904 against the path before it; null where this is
   *     no such comparison
   */
  record Change(
      String system,
      String against,
      double ttftPercent,
      double roundPercent,
      @Nullable Published published) {}

  /** LMCache's own figures, on its author's machine. */
  record Published(String control, double ttftPercent, double roundPercent) {}

  /**
   * When each chunk's bytes were there, and when it was imported, in ms from the prompt's arrival.
   */
  record Trace(
      List<Double> arrivedMs,
      List<Double> importBeganMs,
      List<Double> importEndedMs,
      double firstTokenMs) {}
}
