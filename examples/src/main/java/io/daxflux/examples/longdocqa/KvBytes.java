package io.daxflux.examples.longdocqa;

import io.daxflux.chunk.ChunkKey;
import java.lang.foreign.MemorySegment;

/**
 * The bytes of a chunk's KV cache, made from its key and the position alone: the same in every run,
 * different in every chunk, and nowhere the same twice in one. A byte in the wrong place is a wrong
 * byte.
 *
 * <p>Words of 32 bits, because the JIT compiles their arithmetic to vector instructions: faster
 * than memory, so that generating and comparing costs little more than reading.
 */
final class KvBytes {
  /** Small enough to stay in a core's cache while it is made and used. */
  static final int SCRATCH_WORDS = 4 << 10;

  private final int addend;
  private final int mask;

  KvBytes(ChunkKey key) {
    long hash = 0xCBF29CE484222325L;
    for (byte b : key.toBytes()) {
      hash = (hash ^ b) * 0x100000001B3L;
    }
    hash ^= hash >>> 29;
    this.addend = (int) hash;
    this.mask = (int) (hash >>> 32);
  }

  /** Fills in the chunk's words from this one on. */
  void fill(int[] words, int firstWord) {
    int first = firstWord + addend;
    for (int i = 0; i < words.length; i++) {
      // Each step can be undone, so words of different positions differ.
      int word = (first + i) * 0x9E3779B1;
      word = (word ^ (word >>> 15)) * 0x85EBCA77;
      words[i] = word ^ (word >>> 13) ^ mask;
    }
  }

  /** Writes a piece of the chunk. */
  void write(MemorySegment chunk, Piece piece) {
    int[] words = new int[SCRATCH_WORDS];
    MemorySegment scratch = MemorySegment.ofArray(words);
    for (long offset = piece.offset(); offset < piece.end(); offset += scratch.byteSize()) {
      fill(words, (int) (offset / Integer.BYTES));
      long length = Math.min(scratch.byteSize(), piece.end() - offset);
      MemorySegment.copy(scratch, 0, chunk, offset, length);
    }
  }
}
