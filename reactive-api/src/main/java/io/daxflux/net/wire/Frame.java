package io.daxflux.net.wire;

import io.daxflux.net.serve.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * The head of a frame. All numbers of the protocol are big-endian.
 *
 * <pre>
 *   0        4        8     9
 *   │ length │  call  │ type│ body: length bytes
 * </pre>
 *
 * @param length the body's, in bytes
 * @param call which request it belongs to; 0 for the connection itself
 * @param type what it says
 */
record Frame(int length, int call, FrameType type) {
  static final int HEAD_BYTES = 9;
  private static final int CALL = 4;
  private static final int TYPE = 8;

  /** The most payload in one frame: so long, at the most, must a small reply wait for its turn. */
  static final int PIECE_BYTES = 128 << 10;

  /**
   * Reads a head. All of it must be there.
   *
   * @param most how long the body of such a frame may be
   */
  static Frame read(ByteBuf bytes, ToIntFunction<FrameType> most) {
    int at = bytes.readerIndex();
    long length = bytes.getUnsignedInt(at);
    int code = bytes.getUnsignedByte(at + TYPE);
    FrameType type = FrameType.of(code);
    if (type == null) {
      throw new MalformedException("frame: expected a type that there is, found " + code);
    }
    int mostBytes = most.applyAsInt(type);
    if (length > mostBytes) {
      throw new MalformedException(
          "frame " + type + ": expected at most " + mostBytes + " bytes, found " + length);
    }
    Frame frame = new Frame((int) length, bytes.getInt(at + CALL), type);
    bytes.skipBytes(HEAD_BYTES);
    return frame;
  }

  /** The head of a frame whose body follows by itself. */
  static ByteBuf head(ByteBufAllocator memory, FrameType type, int call, int length) {
    return writeHead(memory.directBuffer(HEAD_BYTES, HEAD_BYTES), type, call, length);
  }

  /** A frame without a body. */
  static ByteBuf empty(ByteBufAllocator memory, FrameType type, int call) {
    return head(memory, type, call, 0);
  }

  /** A whole frame. */
  static ByteBuf of(ByteBufAllocator memory, FrameType type, int call, Consumer<ByteBuf> body) {
    ByteBuf frame = memory.directBuffer();
    try {
      writeHead(frame, type, call, 0);
      body.accept(frame);
      frame.setInt(0, frame.writerIndex() - HEAD_BYTES);
      return frame;
    } catch (RuntimeException | Error failure) {
      frame.release();
      throw failure;
    }
  }

  private static ByteBuf writeHead(ByteBuf frame, FrameType type, int call, int length) {
    return frame.writeInt(length).writeInt(call).writeByte(type.code());
  }
}
