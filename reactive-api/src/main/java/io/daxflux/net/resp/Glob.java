package io.daxflux.net.resp;

import java.util.Arrays;

/**
 * Redis's patterns of bytes: {@code *} stands for any bytes, {@code ?} for one, {@code [a-c]} for
 * one of those, {@code [^a-c]} for one of the others, and a backslash takes the meaning away from
 * what follows. Immutable.
 *
 * <p>A pattern that is cut off means what Redis takes it for: a class without its bracket ends with
 * the pattern, and a backslash at the end is a backslash.
 */
final class Glob {
  private final byte[] pattern;

  Glob(byte[] pattern) {
    this.pattern = collapsed(pattern);
  }

  /** Without stars that follow a star, which mean the same and cost time. */
  private static byte[] collapsed(byte[] pattern) {
    byte[] kept = new byte[pattern.length];
    int length = 0;
    for (int i = 0; i < pattern.length; i++) {
      boolean again = pattern[i] == '*' && length > 0 && kept[length - 1] == '*';
      if (again && !(length > 1 && kept[length - 2] == '\\')) {
        continue;
      }
      kept[length++] = pattern[i];
    }
    return Arrays.copyOf(kept, length);
  }

  /**
   * Whether all of the text is as the pattern says. Tries what the last star stands for, longer and
   * longer: what earlier stars stand for never needs to be tried again, so the time is bounded by
   * the product of both lengths.
   */
  boolean matches(byte[] text) {
    int at = 0;
    int in = 0;
    int star = -1;
    int starAt = 0;
    while (at < text.length) {
      if (in < pattern.length && pattern[in] == '*') {
        star = in++;
        starAt = at;
      } else if (in < pattern.length && matchesOne(in, text[at])) {
        in = behind(in);
        at++;
      } else if (star >= 0) {
        in = star + 1;
        at = ++starAt;
      } else {
        return false;
      }
    }
    while (in < pattern.length && pattern[in] == '*') {
      in++;
    }
    return in == pattern.length;
  }

  private boolean matchesOne(int in, byte value) {
    return switch (pattern[in]) {
      case '?' -> true;
      case '[' -> classHas(in, value);
      case '\\' -> in + 1 < pattern.length ? pattern[in + 1] == value : value == '\\';
      default -> pattern[in] == value;
    };
  }

  /** Where what follows this one begins. */
  private int behind(int in) {
    return switch (pattern[in]) {
      case '[' -> classEnd(in);
      case '\\' -> Math.min(in + 2, pattern.length);
      default -> in + 1;
    };
  }

  private int classEnd(int in) {
    int i = firstOf(in);
    while (i < pattern.length && pattern[i] != ']') {
      i += memberLength(i);
    }
    return Math.min(i + 1, pattern.length);
  }

  private boolean classHas(int in, byte value) {
    boolean found = false;
    int i = firstOf(in);
    while (i < pattern.length && pattern[i] != ']') {
      int length = memberLength(i);
      found |= memberHas(i, length, value & 0xff);
      i += length;
    }
    return found != isNegated(in);
  }

  private boolean isNegated(int in) {
    return in + 1 < pattern.length && pattern[in + 1] == '^';
  }

  private int firstOf(int in) {
    return isNegated(in) ? in + 2 : in + 1;
  }

  private int memberLength(int i) {
    if (pattern[i] == '\\' && i + 1 < pattern.length) {
      return 2;
    }
    return i + 2 < pattern.length && pattern[i + 1] == '-' ? 3 : 1;
  }

  private boolean memberHas(int i, int length, int value) {
    int first = pattern[i] & 0xff;
    return switch (length) {
      case 1 -> first == value;
      case 2 -> (pattern[i + 1] & 0xff) == value;
      default -> {
        int last = pattern[i + 2] & 0xff;
        yield Math.min(first, last) <= value && value <= Math.max(first, last);
      }
    };
  }
}
