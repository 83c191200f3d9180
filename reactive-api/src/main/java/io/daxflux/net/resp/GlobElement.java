package io.daxflux.net.resp;

/** What in a pattern stands for one byte. Immutable. */
final class GlobElement {
  private final byte[] pattern;

  /** Where it begins. */
  private final int in;

  GlobElement(byte[] pattern, int in) {
    this.pattern = pattern;
    this.in = in;
  }

  boolean standsFor(int value) {
    return switch (pattern[in]) {
      case '?' -> true;
      case '[' -> classHas(value);
      case '\\' -> value == (pattern[Math.min(in + 1, pattern.length - 1)] & 0xff);
      default -> value == (pattern[in] & 0xff);
    };
  }

  /** Where what follows it begins. */
  int end() {
    return switch (pattern[in]) {
      case '[' -> classEnd();
      case '\\' -> Math.min(in + 2, pattern.length);
      default -> in + 1;
    };
  }

  private int classEnd() {
    int i = firstMember();
    while (i < pattern.length && pattern[i] != ']') {
      i += memberLength(i);
    }
    return Math.min(i + 1, pattern.length);
  }

  private boolean classHas(int value) {
    boolean found = false;
    int i = firstMember();
    while (i < pattern.length && pattern[i] != ']') {
      int length = memberLength(i);
      found |= memberHas(i, length, value);
      i += length;
    }
    return found != isNegated();
  }

  private boolean isNegated() {
    return in + 1 < pattern.length && pattern[in + 1] == '^';
  }

  private int firstMember() {
    return isNegated() ? in + 2 : in + 1;
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
