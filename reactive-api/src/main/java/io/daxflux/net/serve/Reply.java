package io.daxflux.net.serve;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What is sent: bytes, and memory of the arena that somebody has lent. Owned by whoever holds it,
 * and ended once, when it was sent or {@linkplain #discard discarded}: only then is the lease given
 * back. On the event loop.
 */
public final class Reply {
  private final Queue<ByteBuf> parts = new ArrayDeque<>(3);
  private final Runnable onEnd;
  private long bytes;
  private long ownBytes;
  private @Nullable Room room;
  private int unwritten;
  private boolean ended;

  private Reply(Runnable onEnd) {
    this.onEnd = onEnd;
  }

  /** Nothing: the request has no reply. */
  public static Reply none() {
    return new Reply(() -> {});
  }

  /** These bytes, which it now owns. */
  public static Reply of(ByteBuf bytes) {
    return none().add(bytes);
  }

  /**
   * A reply to which lent memory may be added.
   *
   * @param giveBack runs once, on any thread, when nothing of it is needed any more
   */
  public static Reply lent(Runnable giveBack) {
    return new Reply(giveBack);
  }

  /** Appends these bytes, which it now owns. */
  public Reply add(ByteBuf part) {
    ownBytes += part.readableBytes();
    return append(part);
  }

  private Reply append(ByteBuf part) {
    if (part.isReadable()) {
      bytes += part.readableBytes();
      parts.add(part);
    } else {
      part.release();
    }
    return this;
  }

  /** Appends lent memory, which stays as it is until the reply has ended; at most 2 GiB. */
  public Reply add(MemorySegment lent) {
    return append(Unpooled.wrappedBuffer(lent.asByteBuffer()));
  }

  /** How many bytes it has. */
  public long bytes() {
    return bytes;
  }

  /** Ends a reply that nobody is there to receive. */
  public void discard() {
    giveUpRest();
  }

  // --- For whoever sends it

  /** Has what is not lent count there until the reply has ended. Once, or again to no effect. */
  void keepIn(Room taken) {
    if (room == null && !ended) {
      room = taken;
      taken.keep(ownBytes);
    }
  }

  /**
   * The next bytes, at most so many, which the caller now owns and reports; null behind the last.
   */
  @Nullable ByteBuf next(int mostBytes) {
    ByteBuf part = parts.peek();
    if (part == null) {
      return null;
    }
    unwritten++;
    if (part.readableBytes() <= mostBytes) {
      return parts.remove();
    }
    return part.readRetainedSlice(mostBytes);
  }

  /** Bytes that were given out are no longer needed. Whether it has ended by that. */
  boolean written() {
    unwritten--;
    return endIfOver();
  }

  /** Drops what was not given out. */
  void giveUpRest() {
    for (ByteBuf part = parts.poll(); part != null; part = parts.poll()) {
      part.release();
    }
    endIfOver();
  }

  private boolean endIfOver() {
    if (ended || unwritten > 0 || !parts.isEmpty()) {
      return false;
    }
    ended = true;
    if (room != null) {
      room.giveBack(ownBytes);
    }
    onEnd.run();
    return true;
  }
}
