package io.daxflux.cli;

import io.daxflux.config.ConfigException;
import io.daxflux.config.Quantities;
import java.time.Duration;
import java.util.function.BiFunction;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Values of options that are checked as they are read, so that what is bad is one line. */
final class Quantity {
  private Quantity() {}

  /** A size, such as 64MiB. */
  static final class Bytes implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return read(Quantities::bytes, text);
    }
  }

  /** A duration, such as 30s. */
  static final class Time implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return read(Quantities::duration, text);
    }
  }

  /** A whole number of at least 1. */
  static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      try {
        int count = Integer.parseInt(text);
        if (count >= 1) {
          return count;
        }
      } catch (NumberFormatException notANumber) {
        // said below, as for a number out of range
      }
      throw new TypeConversionException(
          "expected a whole number of at least 1, found '" + text + "'");
    }
  }

  private static <T> T read(BiFunction<String, String, T> kind, String text) {
    try {
      return kind.apply("value", text);
    } catch (ConfigException bad) {
      throw new TypeConversionException("expected " + bad.expected() + ", found " + bad.found());
    }
  }

  /** A size for people, in the largest unit that it is at least one of. */
  static String text(long bytes) {
    String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
    int unit = bytes == 0 ? 0 : Math.min(4, (63 - Long.numberOfLeadingZeros(bytes)) / 10);
    double amount = bytes / (double) (1L << (10 * unit));
    return (amount == Math.rint(amount) ? "%.0f %s" : "%.2f %s").formatted(amount, units[unit]);
  }
}
