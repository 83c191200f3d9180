package io.daxflux.net.serve;

import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/**
 * How much is read from a socket at once. Between payloads as much as the last one had, for the
 * next may be like it and come with its header; within one what is missing. More and more, so that
 * a large payload comes in few parts, and less and less where little comes, so that a client that
 * drips holds no large buffers.
 */
final class ReceiveSize extends DefaultMaxMessagesRecvByteBufAllocator {
  private static final int LEAST_BYTES = 1 << 12;
  private static final int MOST_BYTES = 1 << 18;
  private static final int GROWTH = 4;

  /**
   * Room for a header. Also within a payload: a buffer that is not filled says that there is no
   * more, which would take another call to find out.
   */
  private static final int HEADER_BYTES = 1 << 10;

  private long payloadBytes;
  private long expectedBytes;

  /** A payload of so many bytes begins. On the event loop. */
  void expectPayload(long bytes) {
    payloadBytes = bytes;
    expect(bytes);
  }

  /** Sets how many bytes of the payload are still to come. On the event loop. */
  void expect(long bytes) {
    expectedBytes = bytes;
  }

  @Override
  @SuppressWarnings("deprecation") // The interface's own, which has no other name yet
  public RecvByteBufAllocator.Handle newHandle() {
    return new MaxMessageHandle() {
      private int size = LEAST_BYTES;

      /** What would come, at the last guess, if all of it were there. */
      private long dueBytes;

      @Override
      public int guess() {
        dueBytes = expectedBytes == 0 ? payloadBytes : expectedBytes;
        return Math.clamp(dueBytes + HEADER_BYTES, LEAST_BYTES, size);
      }

      @Override
      public void readComplete() {
        super.readComplete();
        int read = lastBytesRead();
        int asked = attemptedBytesRead();
        if (read >= asked) {
          size = Math.min(size * GROWTH, MOST_BYTES);
        } else if (read < Math.min(dueBytes, asked) / GROWTH) {
          size = Math.max(size / GROWTH, LEAST_BYTES);
        }
      }
    };
  }
}
