package io.daxflux.net.serve;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.ByteToMessageDecoder;

/** What was received and not yet taken. Owns it. On the event loop. */
public final class Input {
  /** What is copied behind other bytes, rather than kept in a buffer of its own. */
  private static final int FEW_BYTES = 1 << 14;

  /** Of how many times as much memory as needed a rest is moved out. */
  private static final int MOST_WASTE = 4;

  private ByteBuf bytes = Unpooled.EMPTY_BUFFER;

  /** Whether nothing is left. */
  public boolean isEmpty() {
    return !bytes.isReadable();
  }

  /** How much is left. */
  public int bytes() {
    return bytes.readableBytes();
  }

  /** For whoever moves its reader index, and does not keep it. */
  public ByteBuf buffer() {
    return bytes;
  }

  /** Appends what was received, which it now owns. */
  public void add(ByteBufAllocator memory, ByteBuf received) {
    if (isEmpty()) {
      release();
      bytes = received;
    } else {
      ByteToMessageDecoder.Cumulator behind =
          received.readableBytes() <= FEW_BYTES
              ? ByteToMessageDecoder.MERGE_CUMULATOR
              : ByteToMessageDecoder.COMPOSITE_CUMULATOR;
      bytes = behind.cumulate(memory, bytes, received);
    }
  }

  /** At most so many bytes, and at least one, for the caller to own. */
  ByteBuf take(long mostBytes) {
    if (bytes.readableBytes() > mostBytes) {
      return bytes.readRetainedSlice((int) mostBytes);
    }
    ByteBuf all = bytes;
    bytes = Unpooled.EMPTY_BUFFER;
    return all;
  }

  /** Gives back a buffer that has been read. */
  public void trim() {
    if (isEmpty()) {
      release();
    }
  }

  /** Keeps what is left, for longer, in no much larger a buffer than it needs. */
  void settle(ByteBufAllocator memory) {
    if (!isEmpty() && bytes() < bytes.capacity() / MOST_WASTE) {
      ByteBuf few = memory.buffer(bytes()).writeBytes(bytes);
      release();
      bytes = few;
    }
  }

  /** Drops what is left. */
  public void release() {
    bytes.release();
    bytes = Unpooled.EMPTY_BUFFER;
  }
}
