package io.daxflux.restore;

import io.daxflux.device.Faults;
import java.lang.foreign.MemorySegment;

/**
 * A small private buffer through which memory is read that may fault, and that is not to be kept.
 * Small enough for the first cache: then a read through it costs hardly more than a plain one.
 */
final class Sample {
  private static final int BYTES = 16 << 10;

  private final PrivateSum sum = new PrivateSum();
  private final MemorySegment buffer = MemorySegment.ofArray(new byte[BYTES]);

  /** Reads bytes and checksums them. */
  void check(MemorySegment from, long offset, long bytes, SliceChecks checks) {
    for (long done = 0; done < bytes; done += BYTES) {
      long next = Math.min(BYTES, bytes - done);
      MemorySegment.copy(from, offset + done, buffer, 0, next);
      Faults.settle();
      checks.add(next, (start, length) -> sum.update(buffer, start, length));
    }
  }

  /** What {@link #check} sums with. */
  RunningSum sum() {
    return sum;
  }

  /** Reads bytes, by a copy: loads whose result nobody uses would be optimized away. */
  void read(MemorySegment from, long offset, long bytes) {
    for (long done = 0; done < bytes; done += BYTES) {
      MemorySegment.copy(from, offset + done, buffer, 0, Math.min(BYTES, bytes - done));
    }
  }
}
