package io.daxflux.examples.engine.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The tokens of one call, as llama.cpp wants them, in memory that serves all calls. */
final class TokenBatch {
  private final MemorySegment struct;
  private final MemorySegment tokens;
  private final MemorySegment positions;
  private final MemorySegment withLogits;

  /** Room for so many tokens, all of sequence 0. */
  TokenBatch(Arena arena, int most) {
    struct = arena.allocate(LlamaCalls.BATCH);
    tokens = arena.allocate(JAVA_INT, most);
    positions = arena.allocate(JAVA_INT, most);
    withLogits = arena.allocate(most);
    MemorySegment sequenceCounts = arena.allocate(JAVA_INT, most);
    MemorySegment sequences = arena.allocate(ADDRESS, most);
    MemorySegment prompt = arena.allocate(JAVA_INT);
    for (int i = 0; i < most; i++) {
      sequenceCounts.setAtIndex(JAVA_INT, i, 1);
      sequences.setAtIndex(ADDRESS, i, prompt);
    }
    struct.set(ADDRESS, 8, tokens);
    struct.set(ADDRESS, 24, positions);
    struct.set(ADDRESS, 32, sequenceCounts);
    struct.set(ADDRESS, 40, sequences);
    struct.set(ADDRESS, 48, withLogits);
  }

  /**
   * Tokens of a prompt, at the positions that they have there.
   *
   * @param last whether logits are wanted, of the last one
   */
  MemorySegment of(int[] prompt, int begin, int end, boolean last) {
    int count = end - begin;
    MemorySegment.copy(prompt, begin, tokens, JAVA_INT, 0, count);
    for (int i = 0; i < count; i++) {
      positions.setAtIndex(JAVA_INT, i, begin + i);
    }
    withLogits.fill((byte) 0);
    if (last) {
      withLogits.set(JAVA_BYTE, count - 1, (byte) 1);
    }
    struct.set(JAVA_INT, 0, count);
    return struct;
  }

  /** One token, with its logits. */
  MemorySegment of(int token, int position) {
    tokens.set(JAVA_INT, 0, token);
    positions.set(JAVA_INT, 0, position);
    withLogits.set(JAVA_BYTE, 0, (byte) 1);
    struct.set(JAVA_INT, 0, 1);
    return struct;
  }
}
