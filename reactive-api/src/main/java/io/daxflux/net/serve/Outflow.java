package io.daxflux.net.serve;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Replies on their way out, in the order in which they were sent. The channel is given no more than
 * it can take, so that encryption does not double what a slow client leaves lying. On the event
 * loop.
 */
final class Outflow {
  /** What is handed to the channel at a time. */
  static final int PIECE_BYTES = 1 << 20;

  /** What a client must take in the time in which it must take something. */
  private static final long LEAST_BYTES_A_TIMEOUT = 64 << 20;

  private final ChannelHandlerContext context;
  private final Tally tally;
  private final long timeoutNs;
  private final Runnable whenSent;
  private final Runnable whenFailed;
  private final Queue<Reply> replies = new ArrayDeque<>();

  /** By when those that are not yet gone have to be, in their order. */
  private final Queue<Long> deadlinesNs = new ArrayDeque<>();

  private long unsentBytes;
  private boolean closed;
  private boolean holding;
  private boolean unflushed;

  /** How far the channel was when it was last looked at, and since when. */
  private long seenMark;

  private long seenNs;
  private long piecesOut;

  /** Runs {@code whenSent} after every reply that has gone out, or {@code whenFailed}. */
  Outflow(
      ChannelHandlerContext context,
      Tally tally,
      Duration timeout,
      Runnable whenSent,
      Runnable whenFailed) {
    this.context = context;
    this.tally = tally;
    this.timeoutNs = timeout.toNanos();
    this.whenSent = whenSent;
    this.whenFailed = whenFailed;
  }

  /** Sends a reply, which it now owns. */
  void send(Reply reply) {
    if (closed || reply.bytes() == 0) {
      reply.discard();
      return;
    }
    long nowNs = System.nanoTime();
    if (deadlinesNs.isEmpty()) {
      seenNs = nowNs;
    }
    unsentBytes += reply.bytes();
    deadlinesNs.add(nowNs + timeoutNs + timeoutNs / LEAST_BYTES_A_TIMEOUT * unsentBytes);
    replies.add(reply);
  }

  /** Hands on as much as the channel can take. */
  void pump() {
    boolean any = false;
    while (!replies.isEmpty() && context.channel().isWritable()) {
      Reply reply = replies.element();
      ByteBuf piece = reply.next(PIECE_BYTES);
      if (piece == null) {
        replies.remove();
      } else {
        int bytes = piece.readableBytes();
        any = true;
        context.write(piece).addListener(future -> onWritten((ChannelFuture) future, reply, bytes));
      }
    }
    if (any) {
      flush();
    }
  }

  /** From now on what is written waits for {@link #letGo}: a call of the system for all of it. */
  void hold() {
    holding = true;
  }

  void letGo() {
    holding = false;
    if (unflushed) {
      flush();
    }
  }

  private void flush() {
    unflushed = holding;
    if (!holding) {
      context.flush();
    }
  }

  private void onWritten(ChannelFuture future, Reply reply, int bytes) {
    piecesOut++;
    unsentBytes -= bytes;
    if (future.isSuccess()) {
      tally.out(bytes);
    } else {
      // Nothing may follow a gap.
      whenFailed.run();
    }
    if (reply.written()) {
      deadlinesNs.remove();
      whenSent.run();
    }
  }

  /** Replies that are not yet gone. */
  int unsent() {
    return deadlinesNs.size();
  }

  long unsentBytes() {
    return unsentBytes;
  }

  /** Whether the client has taken nothing for too long, or too little. */
  boolean isOverdue(long nowNs) {
    long mark = mark();
    if (deadlinesNs.isEmpty() || mark != seenMark) {
      seenMark = mark;
      seenNs = nowNs;
    }
    Long deadlineNs = deadlinesNs.peek();
    return nowNs - seenNs > timeoutNs || (deadlineNs != null && nowNs - deadlineNs > 0);
  }

  private long mark() {
    ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
    return buffer == null ? 0 : piecesOut * 31 + buffer.currentProgress();
  }

  /** The connection is gone: gives back what was not handed on; the channel fails the rest. */
  void close() {
    closed = true;
    replies.forEach(Reply::giveUpRest);
    replies.clear();
  }
}
