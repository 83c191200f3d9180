package io.daxflux.config;

import java.math.BigInteger;
import java.util.regex.Pattern;

/** Kinds of plain numbers, and how numbers are read. */
final class Numbers {
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,40}");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d{1,40}\\.?\\d{0,40}|\\.\\d{1,40})([eE][+-]?\\d{1,9})?");
  private static final double TWO_TO_63 = 0x1p63;

  private Numbers() {}

  /** What becomes of a fraction where a whole number is expected. */
  enum Fraction {
    /** It is an error; so is a boolean. */
    REFUSED,
    /** It is cut off, and true counts as 1, as Python's {@code int()} has it. */
    CUT_OFF
  }

  static ValueKind<Integer> wholeNumber(int min, int max, Fraction fraction) {
    String range = max == Integer.MAX_VALUE ? "of at least " + min : "from " + min + " to " + max;
    return new ValueKind<>(
        "a whole number " + range,
        raw -> toInt(whole(raw, fraction)),
        value -> value >= min && value <= max);
  }

  static ValueKind<Integer> powerOfTwo(int max) {
    return new ValueKind<>(
        "a power of two from 1 to " + max,
        raw -> toInt(whole(raw, Fraction.REFUSED)),
        value -> value <= max && isPowerOfTwo(value));
  }

  static ValueKind<Double> share() {
    return new ValueKind<>(
        "a number greater than 0 and at most 1",
        Numbers::decimal,
        value -> value > 0 && value <= 1);
  }

  static boolean isPowerOfTwo(int value) {
    return value > 0 && Integer.bitCount(value) == 1;
  }

  static long whole(Object raw, Fraction fraction) throws Unreadable {
    return switch (raw) {
      case Integer number -> number;
      case Long number -> number;
      case BigInteger number -> toLong(number);
      case Number number -> cut(number.doubleValue(), fraction);
      case Boolean flag when fraction == Fraction.CUT_OFF -> flag ? 1 : 0;
      case CharSequence text when WHOLE.matcher(text.toString().strip()).matches() ->
          toLong(new BigInteger(text.toString().strip()));
      default -> throw new Unreadable();
    };
  }

  /** A finite number. */
  static double decimal(Object raw) throws Unreadable {
    double number =
        switch (raw) {
          case Number value -> value.doubleValue();
          case CharSequence text when DECIMAL.matcher(text.toString().strip()).matches() ->
              Double.parseDouble(text.toString().strip());
          default -> throw new Unreadable();
        };
    if (!Double.isFinite(number)) {
      throw new Unreadable();
    }
    return number;
  }

  /** The whole part of a finite number. */
  static long cut(double number, Fraction fraction) throws Unreadable {
    if (!Double.isFinite(number) || number < -TWO_TO_63) {
      throw new Unreadable();
    }
    if (number >= TWO_TO_63) {
      throw new Unreadable("too large");
    }
    if (fraction == Fraction.REFUSED && number != Math.rint(number)) {
      throw new Unreadable();
    }
    return (long) number;
  }

  static long toLong(BigInteger number) throws Unreadable {
    if (number.bitLength() > 63) {
      throw number.signum() > 0 ? new Unreadable("too large") : new Unreadable();
    }
    return number.longValue();
  }

  private static int toInt(long number) throws Unreadable {
    if (number > Integer.MAX_VALUE) {
      throw new Unreadable("too large");
    }
    if (number < Integer.MIN_VALUE) {
      throw new Unreadable();
    }
    return (int) number;
  }
}
