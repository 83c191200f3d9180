package io.daxflux.net.wire;

import io.daxflux.device.Faults;
import io.netty.buffer.ByteBuf;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Copies between frames and memory that may be the caller's: mapped files among it, whose memory
 * can fault, and arenas that were closed.
 */
final class PayloadCopy {
  private PayloadCopy() {}

  /** Reads so many bytes into memory. Whether it could be written; they are read in any case. */
  static boolean read(ByteBuf from, MemorySegment to, long offset, int bytes) {
    ByteBuffer source = from.nioBuffer(from.readerIndex(), bytes);
    from.skipBytes(bytes);
    return copy(MemorySegment.ofBuffer(source), 0, to, offset, bytes);
  }

  /** Appends so many bytes of memory. Whether it could be read; they are appended in any case. */
  static boolean append(MemorySegment from, long offset, ByteBuf to, int bytes) {
    to.ensureWritable(bytes);
    ByteBuffer target = to.nioBuffer(to.writerIndex(), bytes);
    to.writerIndex(to.writerIndex() + bytes);
    return copy(from, offset, MemorySegment.ofBuffer(target), 0, bytes);
  }

  private static boolean copy(
      MemorySegment from, long fromOffset, MemorySegment to, long toOffset, int bytes) {
    try {
      return Faults.survived(() -> MemorySegment.copy(from, fromOffset, to, toOffset, bytes));
    } catch (IllegalStateException closed) {
      return false;
    }
  }
}
