package io.daxflux.examples.longdocqa;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Who asks for what, how often, and along which paths. */
final class QueryOptions {
  @Option(
      names = "--paths",
      paramLabel = "NAME",
      split = ",",
      converter = PathKind.Converter.class,
      completionCandidates = PathKind.Labels.class,
      description = "Which paths, separated by commas: ${COMPLETION-CANDIDATES}. Default: all.")
  Set<PathKind> paths = new LinkedHashSet<>(List.of(PathKind.values()));

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      description =
          "In which order a document takes its paths: ${COMPLETION-CANDIDATES}. "
              + "Default: ${DEFAULT-VALUE}.")
  PathOrder order = PathOrder.LISTED;

  @Option(
      names = "--max-inflight-requests",
      paramLabel = "N",
      converter = Checked.Count.class,
      description = "How many documents are asked for at a time. Default: ${DEFAULT-VALUE}.")
  int maxInflightRequests = 1;

  @Option(
      names = "--repeat-count",
      paramLabel = "N",
      converter = Checked.Count.class,
      description = "How often each document is asked for. Default: ${DEFAULT-VALUE}.")
  int repeatCount = 4;

  @Option(
      names = "--repeat-mode",
      paramLabel = "MODE",
      description =
          "tile: all documents, then all again. interleave: each one several times, then the next. "
              + "random: shuffled. Default: ${DEFAULT-VALUE}.")
  RepeatMode repeatMode = RepeatMode.TILE;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of everything that is random. Default: ${DEFAULT-VALUE}.")
  long seed = 1;

  @Option(
      names = "--warmup-seconds",
      paramLabel = "S",
      converter = Checked.Seconds.class,
      description =
          "How long each path runs unmeasured before, over a small store of its own, so that"
              + " all code is compiled. Default: 0.5.")
  Duration warmup = Duration.ofMillis(500);

  @Option(
      names = "--min-round-seconds",
      paramLabel = "S",
      converter = Checked.Seconds.class,
      description = "Begins again until the queries have taken so long. Default: 0.")
  Duration minRound = Duration.ZERO;

  @Option(
      names = "--time-budget",
      paramLabel = "S",
      converter = Checked.Seconds.class,
      description =
          "Ends the queries early, and says so, where the whole run would take longer. "
              + "Default: 45; 0 for no end.")
  Duration timeBudget = Duration.ofSeconds(45);

  @Option(
      names = "--verify",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Compares every restored byte, which is the default, or does not.")
  boolean verify = true;
}
