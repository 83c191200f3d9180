package io.daxflux.examples.longdocqa;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How often everything is asked for, and in which order. LMCache's long_doc_qa has these names. */
public abstract class RepeatOptions {
  @Option(
      names = "--order",
      paramLabel = "ORDER",
      description =
          "In which order they take their turns: ${COMPLETION-CANDIDATES}. "
              + "Default: ${DEFAULT-VALUE}.")
  public PathOrder order = PathOrder.LISTED;

  @Option(
      names = "--max-inflight-requests",
      paramLabel = "N",
      converter = Checked.Count.class,
      description = "How many documents are asked for at a time. Default: ${DEFAULT-VALUE}.")
  public int maxInflightRequests = 1;

  @Option(
      names = "--repeat-count",
      paramLabel = "N",
      converter = Checked.Count.class,
      description = "How often each document is asked for. Default: ${DEFAULT-VALUE}.")
  public int repeatCount;

  @Option(
      names = "--repeat-mode",
      paramLabel = "MODE",
      description =
          "tile: all documents, then all again. interleave: each one several times, then the next. "
              + "random: shuffled. Default: ${DEFAULT-VALUE}.")
  public RepeatMode repeatMode = RepeatMode.TILE;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of everything that is random. Default: ${DEFAULT-VALUE}.")
  public long seed = 1;

  @Option(
      names = "--warmup-seconds",
      paramLabel = "S",
      converter = Checked.Seconds.class,
      description =
          "How long each restores unmeasured before, so that all code is compiled. Default: 0.5;"
              + " with --engine 1.")
  public Duration warmup = Duration.ofMillis(500);

  @Option(
      names = "--min-round-seconds",
      paramLabel = "S",
      converter = Checked.Seconds.class,
      description =
          "Begins again until its queries have taken so long. Default: 0; with --engine 3.")
  public Duration minRound = Duration.ZERO;

  /** Asking so often where nothing else is said. */
  protected RepeatOptions(int repeatCount) {
    this.repeatCount = repeatCount;
  }
}
