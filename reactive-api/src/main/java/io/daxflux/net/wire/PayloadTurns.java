package io.daxflux.net.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;

/**
 * Which put may send payload next: in turn, and together no more ahead of the server than it has
 * room for. No put takes more than half of that, so that one that is stuck does not hold up all. On
 * the client's event loop.
 */
final class PayloadTurns {
  private final Wire wire;
  private final long windowBytes;
  private final Queue<PayloadSource> ready = new ArrayDeque<>();
  private long aheadBytes;

  PayloadTurns(Wire wire, long windowBytes) {
    this.wire = wire;
    this.windowBytes = windowBytes;
  }

  /** It has something to send. */
  void add(PayloadSource source) {
    if (!ready.contains(source)) {
      ready.add(source);
    }
    send();
  }

  void remove(PayloadSource source) {
    ready.remove(source);
  }

  /** The server has room for so many bytes more. */
  void taken(int bytes) {
    aheadBytes -= bytes;
    send();
  }

  /** Sends what there is room for, as long as the socket takes it. */
  void send() {
    boolean any = true;
    while (any && wire.isWritable()) {
      any = sendOne();
    }
    wire.flush();
  }

  private boolean sendOne() {
    for (Iterator<PayloadSource> sources = ready.iterator(); sources.hasNext(); ) {
      PayloadSource source = sources.next();
      long room = Math.min(windowBytes - aheadBytes, windowBytes / 2 - source.aheadBytes());
      if (!source.hasPiece()) {
        sources.remove();
      } else if (room > 0) {
        sources.remove();
        send(source, (int) Math.min(room, Frame.PIECE_BYTES));
        if (source.hasPiece()) {
          ready.add(source);
        }
        return true;
      }
    }
    return false;
  }

  private void send(PayloadSource source, int mostBytes) {
    int[] length = new int[1];
    ByteBuf frame =
        Frame.of(
            wire.memory(),
            FrameType.DATA,
            source.id(),
            to -> {
              to.ensureWritable(mostBytes);
              int before = to.readableBytes();
              source.writePiece(to, mostBytes);
              length[0] = to.readableBytes() - before;
            });
    aheadBytes += length[0];
    if (length[0] == 0) {
      frame.release();
    } else {
      wire.write(frame);
      source.sent();
    }
  }
}
