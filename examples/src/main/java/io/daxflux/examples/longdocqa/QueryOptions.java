package io.daxflux.examples.longdocqa;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Who asks for what, how often, and along which paths. */
final class QueryOptions extends RepeatOptions {
  @Option(
      names = "--paths",
      paramLabel = "NAME",
      split = ",",
      converter = PathKind.Converter.class,
      completionCandidates = PathKind.Labels.class,
      description = "Which paths, separated by commas: ${COMPLETION-CANDIDATES}. Default: all.")
  Set<PathKind> paths = new LinkedHashSet<>(List.of(PathKind.values()));

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

  QueryOptions() {
    super(4);
  }
}
