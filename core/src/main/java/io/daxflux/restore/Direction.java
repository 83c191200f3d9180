package io.daxflux.restore;

import java.lang.foreign.MemorySegment;

/** Which way bytes go, and how to tell afterwards that it was the arena that faulted. */
enum Direction implements Mover {
  /** From the arena to memory. */
  RESTORE {
    @Override
    public void move(
        MemorySegment arena,
        long arenaOffset,
        MemorySegment memory,
        long memoryOffset,
        long bytes) {
      MemorySegment.copy(arena, arenaOffset, memory, memoryOffset, bytes);
    }

    /** Reads the bytes, by a copy: loads whose result nobody uses would be optimized away. */
    @Override
    void touch(MemorySegment arena, long arenaOffset, long bytes) {
      for (long from = 0; from < bytes; from += BIN.byteSize()) {
        long length = Math.min(BIN.byteSize(), bytes - from);
        MemorySegment.copy(arena, arenaOffset + from, BIN, 0, length);
      }
    }
  },

  /** From memory to the arena. */
  PUT {
    @Override
    public void move(
        MemorySegment arena,
        long arenaOffset,
        MemorySegment memory,
        long memoryOffset,
        long bytes) {
      MemorySegment.copy(memory, memoryOffset, arena, arenaOffset, bytes);
    }

    /**
     * Writes the bytes: a hole of a full file system can be read but not written. They belong to
     * the put alone, and the put has failed, so nothing is lost.
     */
    @Override
    void touch(MemorySegment arena, long arenaOffset, long bytes) {
      arena.asSlice(arenaOffset, bytes).fill((byte) 0);
    }
  };

  /** Where bytes go that only had to be read: written by any thread, read by none. */
  private static final MemorySegment BIN = MemorySegment.ofArray(new byte[64 << 10]);

  /** Uses the arena's bytes alone, the way {@code move} does; faults only where the arena does. */
  abstract void touch(MemorySegment arena, long arenaOffset, long bytes);
}
