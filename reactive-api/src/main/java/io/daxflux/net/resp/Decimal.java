package io.daxflux.net.resp;

import java.util.OptionalLong;

/** Whole numbers as Redis reads them: no sign but a minus, no zeros in front, no blanks. */
final class Decimal {
  private static final int MOST_DIGITS = 19;

  private Decimal() {}

  /** The number that is written here; empty where it is none, or none of 64 bits. */
  static OptionalLong parse(byte[] text) {
    return parse(text, 0);
  }

  /** The same of the text from this position on. */
  static OptionalLong parse(byte[] text, int from) {
    boolean negative = from < text.length && text[from] == '-';
    int first = negative ? from + 1 : from;
    int digits = text.length - first;
    if (digits < 1 || digits > MOST_DIGITS) {
      return OptionalLong.empty();
    }
    if (text[first] == '0') {
      return digits == 1 && !negative ? OptionalLong.of(0) : OptionalLong.empty();
    }
    // Downwards, for the least number has no positive counterpart.
    long value = 0;
    for (int i = first; i < text.length; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9 || value < (Long.MIN_VALUE + digit) / 10) {
        return OptionalLong.empty();
      }
      value = value * 10 - digit;
    }
    if (!negative && value == Long.MIN_VALUE) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(negative ? value : -value);
  }
}
