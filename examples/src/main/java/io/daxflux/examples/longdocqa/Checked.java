package io.daxflux.examples.longdocqa;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Option values that are checked as they are read, so that what is bad is one line. */
public final class Checked {
  private Checked() {}

  /** A whole number of at least 1. */
  public static final class Count implements ITypeConverter<Integer> {
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
          "expected a whole number from 1 to " + Integer.MAX_VALUE + ", found '" + text + "'");
    }
  }

  /** Seconds, fractions allowed. */
  public static final class Seconds implements ITypeConverter<Duration> {
    private static final double MOST = 1e6;

    @Override
    public Duration convert(String text) {
      try {
        double seconds = Double.parseDouble(text);
        if (seconds >= 0 && seconds <= MOST) {
          return Duration.ofNanos((long) (seconds * 1e9));
        }
      } catch (NumberFormatException notANumber) {
        // said below, as for a number out of range
      }
      throw new TypeConversionException(
          "expected seconds from 0 to 1000000, such as 30 or 0.5, found '" + text + "'");
    }
  }
}
