package io.daxflux.net.wire;

import io.daxflux.net.serve.Input;
import io.daxflux.net.serve.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Makes frames of what a server sends: payload is handed on as it comes, other frames when they are
 * whole. Owns the bytes. On the client's event loop.
 */
final class FrameReader {
  /** Longer than any frame of a server's but payload: 256 heads, or as many keys. */
  private static final int MOST_FRAME_BYTES = 8 << 20;

  private final Input input = new Input();
  private final Receiver receiver;

  /** What is left of a frame of payload. */
  private int payloadBytes;

  private int payloadCall;
  private boolean reading;
  private boolean closed;

  /** What frames are handed to, without the bytes, which stay the reader's. */
  interface Receiver {
    /** A whole frame, but payload. */
    void frame(Frame frame, ByteBuf body);

    /** The next bytes of a request's payload. */
    void payload(int call, ByteBuf bytes);
  }

  FrameReader(Receiver receiver) {
    this.receiver = receiver;
  }

  /**
   * Takes bytes over, and hands on what they bring.
   *
   * @throws MalformedException where they are no frames; nothing may follow
   */
  void read(ByteBufAllocator memory, ByteBuf received) {
    if (closed) {
      received.release();
      return;
    }
    input.add(memory, received);
    reading = true;
    try {
      while (!closed && step()) {
        // Until there is no whole frame left.
      }
    } finally {
      reading = false;
      releaseRead();
    }
  }

  private void releaseRead() {
    if (closed) {
      input.release();
    } else {
      input.trim();
    }
  }

  private boolean step() {
    ByteBuf bytes = input.buffer();
    if (payloadBytes > 0) {
      return readPayload(bytes);
    }
    if (bytes.readableBytes() < Frame.HEAD_BYTES) {
      return false;
    }
    int start = bytes.readerIndex();
    Frame frame = Frame.read(bytes, _ -> MOST_FRAME_BYTES);
    if (frame.type() == FrameType.DATA) {
      payloadBytes = frame.length();
      payloadCall = frame.call();
      return true;
    }
    if (bytes.readableBytes() < frame.length()) {
      bytes.readerIndex(start);
      return false;
    }
    receiver.frame(frame, bytes.readSlice(frame.length()));
    return true;
  }

  private boolean readPayload(ByteBuf bytes) {
    int length = Math.min(payloadBytes, bytes.readableBytes());
    if (length == 0) {
      return false;
    }
    payloadBytes -= length;
    receiver.payload(payloadCall, bytes.readSlice(length));
    return true;
  }

  /** Takes in nothing more, and gives back what was not read; also while it hands something on. */
  void close() {
    closed = true;
    if (!reading) {
      releaseRead();
    }
  }
}
