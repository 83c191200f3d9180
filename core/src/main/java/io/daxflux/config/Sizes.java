package io.daxflux.config;

import io.daxflux.config.Numbers.Fraction;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kinds of sizes: a number in the key's own unit, or text that brings its unit along. */
final class Sizes {
  static final long KIB = 1L << 10;
  static final long MIB = 1L << 20;
  static final long GIB = 1L << 30;

  /** From here on bytes do not fit a long. */
  private static final double LIMIT_GIBIBYTES = 0x1p33;

  private static final Map<String, Long> UNITS =
      Map.of("b", 1L, "kib", KIB, "mib", MIB, "gib", GIB, "tib", 1L << 40);
  private static final Pattern WITH_UNIT =
      Pattern.compile("([+-]?\\d{1,40}(?:\\.\\d{1,40})?)\\s*([A-Za-z]+)");

  private Sizes() {}

  /** Bytes, given in GiB; how many a builder may give is for the caller to say. */
  static ValueKind<Long> gibibytes(String expectedTyped, LongPredicate allowed) {
    return new ValueKind<>(
        "a number of GiB greater than 0", expectedTyped, Sizes::parseGibibytes, allowed::test);
  }

  /** Bytes, where a fraction is cut off. */
  static ValueKind<Long> bytes() {
    return new ValueKind<>(
        "a number of bytes greater than 0",
        raw -> parseBytes(raw, Fraction.CUT_OFF),
        bytes -> bytes > 0);
  }

  /** Bytes per second, of which there may be none. */
  static ValueKind<Long> bytesPerSecond() {
    return new ValueKind<>(
        "a number of bytes per second, or 0",
        raw -> parseBytes(raw, Fraction.REFUSED),
        bytes -> bytes >= 0);
  }

  static ValueKind<Integer> powerOfTwoBytes(int min, int max) {
    return new ValueKind<>(
        "a power of two from " + min + " to " + max + " bytes",
        raw -> {
          long bytes = parseBytes(raw, Fraction.REFUSED);
          if (bytes < min || bytes > max) {
            throw new Unreadable();
          }
          return (int) bytes;
        },
        bytes -> bytes >= min && bytes <= max && Numbers.isPowerOfTwo(bytes));
  }

  private static long parseBytes(Object raw, Fraction fraction) throws Unreadable {
    Matcher matcher = withUnit(raw);
    return matcher.matches() ? parseWithUnit(matcher) : Numbers.whole(raw, fraction);
  }

  private static long parseGibibytes(Object raw) throws Unreadable {
    Matcher matcher = withUnit(raw);
    long bytes;
    if (matcher.matches()) {
      bytes = parseWithUnit(matcher);
    } else {
      double gibibytes = Numbers.decimal(raw);
      if (gibibytes >= LIMIT_GIBIBYTES) {
        throw new Unreadable("too large");
      }
      bytes = Numbers.cut(gibibytes * GIB, Fraction.CUT_OFF);
      if (bytes == 0 && gibibytes > 0) {
        throw new Unreadable("less than one byte");
      }
    }
    if (bytes <= 0) {
      throw new Unreadable();
    }
    return bytes;
  }

  /** Matches text with a unit, and nothing that is not text. */
  private static Matcher withUnit(Object raw) {
    return WITH_UNIT.matcher(raw instanceof CharSequence text ? text.toString().strip() : "");
  }

  private static long parseWithUnit(Matcher size) throws Unreadable {
    Long unit = UNITS.get(size.group(2).toLowerCase(Locale.ROOT));
    if (unit == null) {
      throw new Unreadable("units are B, KiB, MiB, GiB and TiB");
    }
    BigDecimal bytes = new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(unit));
    return Numbers.toLong(bytes.toBigInteger());
  }
}
