package io.daxflux.examples.longdocqa.engine;

import io.daxflux.examples.longdocqa.Checked;
import io.daxflux.examples.longdocqa.RepeatOptions;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Who is asked, how often, and in which order. LMCache's long_doc_qa has these names. */
final class RoundOptions extends RepeatOptions {
  @Option(
      names = "--systems",
      paramLabel = "NAME",
      split = ",",
      description =
          "Which systems, separated by commas: ${COMPLETION-CANDIDATES}. Without cold, the warm-up"
              + " round's questions are asked again, whose answers are known. Default: all.")
  Set<SystemKind> systems = new LinkedHashSet<>(List.of(SystemKind.values()));

  @Option(
      names = "--sleep-time-after-warmup",
      paramLabel = "S",
      converter = Checked.Seconds.class,
      description = "How long to wait between the warm-up round and the first query. Default: 0.")
  Duration sleepAfterWarmUp = Duration.ZERO;

  @Option(
      names = "--trim-fraction",
      paramLabel = "F",
      converter = Fraction.class,
      description =
          "Leaves out so much of the fastest, and of the slowest, in the trimmed mean. Default:"
              + " ${DEFAULT-VALUE}.")
  double trimFraction = 0.1;

  RoundOptions() {
    super(2);
    warmup = Duration.ofSeconds(1);
    minRound = Duration.ofSeconds(3);
  }

  /** Whether any of the systems restores. */
  boolean restore() {
    return systems.stream().anyMatch(kind -> kind != SystemKind.COLD);
  }

  /** A part of a half. */
  static final class Fraction implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      try {
        double fraction = Double.parseDouble(text);
        if (fraction >= 0 && fraction < 0.5) {
          return fraction;
        }
      } catch (NumberFormatException notANumber) {
        // said below, as for a number out of range
      }
      throw new TypeConversionException(
          "expected a fraction from 0 to less than 0.5, found '" + text + "'");
    }
  }
}
