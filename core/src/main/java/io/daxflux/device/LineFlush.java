package io.daxflux.device;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.daxflux.device.Persistence.Flush;
import java.lang.foreign.MemorySegment;

/**
 * Writes back cache lines, without a system call.
 *
 * <p>Native code does not survive memory that faults. So each piece is read first, one byte of each
 * page, in the one way that does: memory that has gone shows there. What goes in the microseconds
 * between the two ends the process; only whoever truncates a file of which another is the owner, or
 * a memory cell that fails just then, can do that.
 */
final class LineFlush implements Flush {
  /** How much is read before it is written back: small, so that little time lies between. */
  static final long PIECE_BYTES = 1 << 20;

  /** The smallest of any system: where pages are larger, each is read more than once. */
  private static final long PAGE_BYTES = 4096;

  private final NativeHelper helper;

  /** Takes what was read, so that no compiler leaves the reading out. */
  @SuppressWarnings("UnusedVariable") // nobody else wants it
  private volatile int read;

  LineFlush(NativeHelper helper) {
    this.helper = helper;
  }

  @Override
  public void flush(MemorySegment stored) {
    for (long from = 0; from < stored.byteSize(); from += PIECE_BYTES) {
      MemorySegment piece = stored.asSlice(from, Math.min(PIECE_BYTES, stored.byteSize() - from));
      read = readEachPage(piece);
      Faults.settle();
      helper.persist(piece);
    }
  }

  private static int readEachPage(MemorySegment piece) {
    int read = piece.get(JAVA_BYTE, piece.byteSize() - 1);
    for (long offset = 0; offset < piece.byteSize(); offset += PAGE_BYTES) {
      read ^= piece.get(JAVA_BYTE, offset);
    }
    return read;
  }
}
