package io.daxflux.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kinds of durations: a number of seconds, {@code 30s}, {@code 500ms}, or ISO-8601. */
final class Durations {
  /** A hundred years: the sum of two still fits a long of nanoseconds. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private static final Map<String, Double> SECONDS =
      Map.of("ms", 1e-3, "s", 1.0, "min", 60.0, "m", 60.0, "h", 3600.0, "d", 86_400.0);
  private static final Pattern WITH_UNIT = Pattern.compile("(.*[\\d.])\\s*([a-z]+)");

  private Durations() {}

  static ValueKind<Duration> notNegative() {
    return new ValueKind<>(
        "a duration of at least 0, such as 30s",
        "a duration from 0 to " + LONGEST.toDays() + " days",
        Durations::parse,
        duration -> !duration.isNegative() && duration.compareTo(LONGEST) <= 0);
  }

  static ValueKind<Duration> positive() {
    return new ValueKind<>(
        "a duration greater than 0, such as 30s",
        "a duration greater than 0 and at most " + LONGEST.toDays() + " days",
        Durations::parse,
        duration -> duration.isPositive() && duration.compareTo(LONGEST) <= 0);
  }

  private static Duration parse(Object raw) throws Unreadable {
    if (raw instanceof CharSequence text) {
      String stripped = text.toString().strip();
      if (stripped.startsWith("P")) {
        return parseIso(stripped);
      }
      Matcher matcher = WITH_UNIT.matcher(stripped);
      if (matcher.matches()) {
        Double unit = SECONDS.get(matcher.group(2));
        if (unit == null) {
          throw new Unreadable("units are ms, s, min, h and d");
        }
        return ofSeconds(Numbers.decimal(matcher.group(1)) * unit);
      }
    }
    return ofSeconds(Numbers.decimal(raw));
  }

  private static Duration parseIso(String text) throws Unreadable {
    try {
      return limited(Duration.parse(text));
    } catch (DateTimeException fault) {
      throw new Unreadable();
    }
  }

  private static Duration ofSeconds(double seconds) throws Unreadable {
    if (seconds > LONGEST.toSeconds()) {
      throw tooLong();
    }
    return limited(Duration.ofNanos(Math.round(seconds * 1e9)));
  }

  private static Duration limited(Duration duration) throws Unreadable {
    if (duration.compareTo(LONGEST) > 0) {
      throw tooLong();
    }
    return duration;
  }

  private static Unreadable tooLong() {
    return new Unreadable("the longest is " + LONGEST.toDays() + " days");
  }
}
