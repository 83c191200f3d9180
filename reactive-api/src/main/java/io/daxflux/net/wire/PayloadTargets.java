package io.daxflux.net.wire;

import io.daxflux.net.serve.MalformedException;
import io.netty.buffer.ByteBuf;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Where the payload of a request goes: memory for one chunk after the other, in the order in which
 * they were granted. On the client's event loop.
 */
final class PayloadTargets {
  private final Queue<Target> targets = new ArrayDeque<>();

  /** What is told about a chunk when all of its bytes are there. */
  interface Arrived {
    /**
     * It is there.
     *
     * @param written whether all of the memory could be written
     */
    void arrived(boolean written);
  }

  private static final class Target {
    final MemorySegment memory;
    final long bytes;
    final Arrived whenThere;
    long written;
    boolean intact = true;

    Target(MemorySegment memory, long bytes, Arrived whenThere) {
      this.memory = memory;
      this.bytes = bytes;
      this.whenThere = whenThere;
    }
  }

  /** The next chunk's. An empty one is there at once, if those before are. */
  void expect(MemorySegment memory, long bytes, Arrived whenThere) {
    targets.add(new Target(memory, bytes, whenThere));
    tellWhole();
  }

  /** Takes all of these bytes. */
  void payload(ByteBuf from) {
    while (from.isReadable()) {
      Target target = targets.peek();
      if (target == null) {
        throw new MalformedException(
            "payload: expected none, found " + from.readableBytes() + " bytes");
      }
      int length = (int) Math.min(from.readableBytes(), target.bytes - target.written);
      target.intact &= PayloadCopy.read(from, target.memory, target.written, length);
      target.written += length;
      tellWhole();
    }
  }

  private void tellWhole() {
    for (Target first = targets.peek();
        first != null && first.written == first.bytes;
        first = targets.peek()) {
      targets.remove();
      first.whenThere.arrived(first.intact);
    }
  }

  boolean isEmpty() {
    return targets.isEmpty();
  }

  /** Nothing more is wanted. */
  void clear() {
    targets.clear();
  }
}
