package io.daxflux.restore;

import java.lang.foreign.MemorySegment;

/**
 * Reads memory that may fault, and that is not to be kept, through a small private buffer. That is
 * small enough for the first cache, and its thread's own, so that it still lies there: then a read
 * through it costs hardly more than a plain one.
 */
final class Sample {
  private static final int BYTES = 16 << 10;

  private static final ThreadLocal<MemorySegment> BUFFERS =
      ThreadLocal.withInitial(() -> MemorySegment.ofArray(new byte[BYTES]));

  private final PrivateSum sum = new PrivateSum();

  /** Reads bytes and checksums them; for nothing where memory faults, which the caller settles. */
  void check(MemorySegment from, long offset, long bytes, SliceChecks checks) {
    MemorySegment buffer = BUFFERS.get();
    for (long done = 0; done < bytes; done += BYTES) {
      long next = Math.min(BYTES, bytes - done);
      MemorySegment.copy(from, offset + done, buffer, 0, next);
      checks.add(next, (start, length) -> sum.update(buffer, start, length));
    }
  }

  /** What {@link #check} sums with. */
  RunningSum sum() {
    return sum;
  }

  /** Reads bytes, by a copy: loads whose result nobody uses would be optimized away. */
  void read(MemorySegment from, long offset, long bytes) {
    MemorySegment buffer = BUFFERS.get();
    for (long done = 0; done < bytes; done += BYTES) {
      MemorySegment.copy(from, offset + done, buffer, 0, Math.min(BYTES, bytes - done));
    }
  }
}
