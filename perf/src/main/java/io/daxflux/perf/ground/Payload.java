package io.daxflux.perf.ground;

import java.lang.foreign.MemorySegment;

/**
 * The bytes of a chunk, made from its number and the position alone: different in every chunk, and
 * nowhere the same twice in one, so a byte in the wrong place is a wrong byte.
 *
 * <p>Words of 32 bits, because the JIT compiles their arithmetic to vector instructions: to make
 * them and compare costs little more than to read.
 *
 * @param seed the chunk's number
 * @param bytes the length, a multiple of 4
 */
public record Payload(long seed, long bytes) {
  /** Small enough to stay in a core's cache while it is made and used. */
  private static final int SCRATCH_WORDS = 4 << 10;

  /** Checks the length. */
  public Payload {
    if (bytes % Integer.BYTES != 0) {
      throw new IllegalArgumentException("bytes: expected a multiple of 4, found " + bytes);
    }
  }

  /** Writes them. */
  public void write(MemorySegment to) {
    int[] words = new int[SCRATCH_WORDS];
    MemorySegment scratch = MemorySegment.ofArray(words);
    for (long at = 0; at < bytes; at += scratch.byteSize()) {
      make(words, (int) (at / Integer.BYTES));
      MemorySegment.copy(scratch, 0, to, at, Math.min(scratch.byteSize(), bytes - at));
    }
  }

  /** Where the first byte is that differs; -1 where none does. */
  public long mismatch(MemorySegment found) {
    if (found.byteSize() != bytes) {
      return Math.min(found.byteSize(), bytes);
    }
    int[] words = new int[SCRATCH_WORDS];
    MemorySegment scratch = MemorySegment.ofArray(words);
    for (long at = 0; at < bytes; at += scratch.byteSize()) {
      make(words, (int) (at / Integer.BYTES));
      long end = Math.min(at + scratch.byteSize(), bytes);
      long differs = MemorySegment.mismatch(scratch, 0, end - at, found, at, end);
      if (differs >= 0) {
        return at + differs;
      }
    }
    return -1;
  }

  private void make(int[] words, int firstWord) {
    long hash = (seed + 1) * 0x9E3779B97F4A7C15L;
    int first = firstWord + (int) hash;
    int mask = (int) (hash >>> 32);
    for (int i = 0; i < words.length; i++) {
      // Each step can be undone, so words of different positions differ.
      int word = (first + i) * 0x9E3779B1;
      word = (word ^ (word >>> 15)) * 0x85EBCA77;
      words[i] = word ^ (word >>> 13) ^ mask;
    }
  }
}
