package io.daxflux.net.serve;

import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/**
 * How much is read from a socket at once: little between payloads, and more and more within one, so
 * that a large payload comes in few parts and a client that drips holds no large buffers.
 */
final class ReceiveSize extends DefaultMaxMessagesRecvByteBufAllocator {
  private static final int LEAST_BYTES = 1 << 12;
  private static final int MOST_BYTES = 1 << 18;
  private static final int GROWTH = 4;

  private long expectedBytes;

  /** Sets how many bytes of a payload are still to come. On the event loop. */
  void expect(long bytes) {
    expectedBytes = bytes;
  }

  @Override
  @SuppressWarnings("deprecation") // The interface's own, which has no other name yet
  public RecvByteBufAllocator.Handle newHandle() {
    return new MaxMessageHandle() {
      private int size = LEAST_BYTES;

      @Override
      public int guess() {
        return Math.clamp(expectedBytes, LEAST_BYTES, size);
      }

      @Override
      public void readComplete() {
        super.readComplete();
        int read = lastBytesRead();
        int asked = attemptedBytesRead();
        if (read >= asked) {
          size = Math.min(size * GROWTH, MOST_BYTES);
        } else if (read < asked / GROWTH) {
          size = Math.max(size / GROWTH, LEAST_BYTES);
        }
      }
    };
  }
}
