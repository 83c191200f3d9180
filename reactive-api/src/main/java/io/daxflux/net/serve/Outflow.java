package io.daxflux.net.serve;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
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

  private final ChannelHandlerContext context;
  private final Tally tally;
  private final Runnable whenSent;
  private final Runnable whenFailed;
  private final Queue<Reply> replies = new ArrayDeque<>();
  private int unsent;
  private long unsentBytes;
  private boolean closed;

  /** How far the channel was when it was last looked at, and since when. */
  private long seenMark;

  private long seenNs;
  private long piecesOut;

  /** Runs {@code whenSent} after every reply that has gone out, or {@code whenFailed}. */
  Outflow(ChannelHandlerContext context, Tally tally, Runnable whenSent, Runnable whenFailed) {
    this.context = context;
    this.tally = tally;
    this.whenSent = whenSent;
    this.whenFailed = whenFailed;
  }

  /** Sends a reply, which it now owns. */
  void send(Reply reply) {
    if (closed || reply.bytes() == 0) {
      reply.discard();
      return;
    }
    if (unsent == 0) {
      seenNs = System.nanoTime();
    }
    unsent++;
    unsentBytes += reply.bytes();
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
      unsent--;
      whenSent.run();
    }
  }

  /** Replies that are not yet gone. */
  int unsent() {
    return unsent;
  }

  long unsentBytes() {
    return unsentBytes;
  }

  /** How long the client has taken nothing although there is something. */
  long stalledNs(long nowNs) {
    long mark = mark();
    if (unsent == 0 || mark != seenMark) {
      seenMark = mark;
      seenNs = nowNs;
    }
    return nowNs - seenNs;
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
