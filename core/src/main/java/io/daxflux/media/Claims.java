package io.daxflux.media;

import java.util.Arrays;

/** Which of very many numbers are taken: bits, of which memory is used only where some are. */
final class Claims {
  private static final int PAGE_SHIFT = 18;
  private static final int PAGE_WORDS = 1 << (PAGE_SHIFT - 6);

  private final long[][] pages;

  /** None taken, of this many. */
  Claims(long numbers) {
    pages = new long[Math.toIntExact(Math.ceilDiv(numbers, 1L << PAGE_SHIFT))][];
  }

  /** Takes a run of numbers; false, and none is taken, where one of them is already. */
  boolean take(long first, long count) {
    if (anyOf(first, count)) {
      return false;
    }
    for (long at = first; at < first + count; ) {
      long mask = mask(at, first + count);
      page(at)[word(at)] |= mask;
      at += Long.bitCount(mask);
    }
    return true;
  }

  /** Whether any of a run of numbers is taken. */
  boolean anyOf(long first, long count) {
    for (long at = first; at < first + count; ) {
      long mask = mask(at, first + count);
      long[] page = pages[(int) (at >>> PAGE_SHIFT)];
      if (page != null && (page[word(at)] & mask) != 0) {
        return true;
      }
      at += Long.bitCount(mask);
    }
    return false;
  }

  /** How many are taken. */
  long count() {
    return Arrays.stream(pages)
        .filter(page -> page != null)
        .flatMapToLong(Arrays::stream)
        .map(Long::bitCount)
        .sum();
  }

  /** The bits from one number to the end of its word, or to before the other number. */
  private static long mask(long at, long end) {
    long mask = -1L << at;
    long left = end - (at & -64);
    return left < 64 ? mask & ((1L << left) - 1) : mask;
  }

  private static int word(long at) {
    return (int) (at >>> 6) & (PAGE_WORDS - 1);
  }

  private long[] page(long at) {
    int index = (int) (at >>> PAGE_SHIFT);
    if (pages[index] == null) {
      pages[index] = new long[PAGE_WORDS];
    }
    return pages[index];
  }
}
