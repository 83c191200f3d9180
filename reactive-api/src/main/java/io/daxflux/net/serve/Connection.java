package io.daxflux.net.serve;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.PutMode;
import io.daxflux.net.ServerOptions;
import io.daxflux.reactive.ReactiveChunkStore;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One client. Routes what it sends to its {@link Dialect} or, within a payload, to a {@link Body};
 * reads from its socket only while there is room for what that brings; and ends when it is told to,
 * when its client is late, or when the client is gone.
 *
 * <p>On its event loop, but for what says otherwise.
 */
public final class Connection extends ChannelInboundHandlerAdapter {
  private enum Phase {
    /** Takes in requests. */
    OPEN,
    /** Takes in the request that has been begun, and none behind it. */
    DRAINING,
    /** Takes in nothing; sends what is due. */
    DEAF,
    CLOSED
  }

  private final ServerParts parts;
  private final ClientClock clock;
  private ChannelHandlerContext context;
  private Credit credit;
  private Outflow outflow;
  private Turns turns;
  private Inflow inflow;
  private LoopWatch watch;

  private Phase phase = Phase.OPEN;

  /** Of the request that is answered next. */
  private long heapBytes;

  private boolean inputEnded;
  private boolean proceeding;

  Connection(ServerParts parts) {
    this.parts = parts;
    this.clock = new ClientClock(parts.options());
  }

  // --- For dialects

  /** The store that is served. */
  public ReactiveChunkStore store() {
    return parts.store();
  }

  /** What the server was told. */
  public ServerOptions options() {
    return parts.options();
  }

  /** Where replies get their memory. For use on the event loop: elsewhere it may block. */
  public ByteBufAllocator memory() {
    return context.alloc();
  }

  /** Where the client is; null where it has gone. */
  public @Nullable SocketAddress remoteAddress() {
    return context.channel().remoteAddress();
  }

  /** What the server counts. */
  public Tally tally() {
    return parts.tally();
  }

  /** The client has named the secret, where there is one: it may take its time from now on. */
  public void admit() {
    clock.admit();
  }

  /** Notes that the client has named a secret that is not right. */
  public void noteWrongSecret() {
    tally().wrongSecret();
    warn("expected the secret, found another");
  }

  /**
   * Hands the next bytes to a body, which it owns until all of them were taken.
   *
   * @param whenAll runs when they were; not where they do not come
   */
  public void receive(long bytes, Body taker, Runnable whenAll) {
    inflow.receive(bytes, taker, whenAll);
  }

  /** A put whose payload is about to be received. Its owner ends it. */
  public PutBody put(ChunkHead head, PutMode mode) {
    return put(head, mode, PutBody.Watch.NOBODY);
  }

  /** The same, for whoever wants to know how far its payload is. */
  public PutBody put(ChunkHead head, PutMode mode, PutBody.Watch follower) {
    return PutBody.begin(
        context.channel().eventLoop(), watch.delivery(), credit, store(), head, mode, follower);
  }

  /**
   * Carries out a request that changes nothing and whose reply is short, side by side with others
   * of the kind, and sends its reply when those before are sent. Where the client is gone it is
   * cancelled.
   *
   * @param work how the reply is made, which happens on the event loop, or nothing; an error ends
   *     the connection
   */
  public void answer(Mono<Answer> work) {
    tally().request();
    turns.add(new Turn(turns, work, Turn.Way.TOGETHER, takeHeapBytes()));
  }

  /**
   * The same for replies of any length, such as chunks: one begins when the length of those before
   * it is known, and not while too much is unread.
   */
  public void answerAtLength(Mono<Answer> work) {
    tally().request();
    turns.add(new Turn(turns, work, Turn.Way.MEASURED, takeHeapBytes()));
  }

  /**
   * Carries out a request that changes something, behind all requests before and ahead of all that
   * follow. It is carried out although the client may be gone.
   *
   * @param work how the reply is made, which happens on the event loop, or nothing; an error ends
   *     the connection
   */
  public void change(Mono<Answer> work) {
    tally().request();
    turns.add(new Turn(turns, work, Turn.Way.ALONE, takeHeapBytes()));
  }

  /**
   * Says what the request that is answered next keeps on the heap until then: the connection is not
   * read from while there is too much of it.
   */
  public void weigh(long bytes) {
    heapBytes = bytes;
  }

  private long takeHeapBytes() {
    long bytes = heapBytes;
    heapBytes = 0;
    return bytes;
  }

  /** Sends at once, whatever is due: for protocols whose replies name their request. */
  public void send(Reply reply) {
    outflow.send(reply);
    outflow.pump();
  }

  /** Bytes of replies that are not yet gone. */
  public long unsentBytes() {
    return outflow.unsentBytes();
  }

  /** Whether the server is stopping: requests that begin now are to be refused. */
  public boolean isEnding() {
    return phase != Phase.OPEN;
  }

  /** Runs something on this connection's event loop; not where the server has ended. Any thread. */
  public void execute(Runnable task) {
    try {
      context.channel().eventLoop().execute(task);
    } catch (RejectedExecutionException ended) {
      // The connection was closed before its event loop ended.
    }
  }

  /** Notes that the client has sent what is no request. */
  public void noteMalformed(String what) {
    tally().malformed();
    parts.log().warn(this + ": " + what);
  }

  /** Writes a line for the log, if there is room for one. No part of it may be secret. */
  public void warn(String line) {
    parts.log().warn(this + ": " + line);
  }

  /** Notes that the software has failed, and that this client was told so, or could not be. */
  public void noteFailure(String what, Throwable failure) {
    parts.log().failure(this + ": " + what, failure);
  }

  /** Takes in nothing more, and closes behind the replies that are due. */
  public void end() {
    if (isListening()) {
      phase = Phase.DEAF;
      inflow.giveUp();
    }
    closeIfOver();
  }

  // --- Its life

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    outflow =
        new Outflow(added, parts.tally(), options().writeTimeout(), this::onSent, this::hangUp);
    credit =
        new Credit(
            parts.options().mostBufferedBytes(), parts.credit(), () -> execute(this::proceed));
    watch = parts.connections().watchOf(added.channel().eventLoop());
    turns =
        new Turns(
            added.channel().eventLoop(),
            watch.delivery(),
            outflow,
            parts.options().mostBufferedBytes(),
            this::onFailure,
            this::proceed);
    ReceiveSize receiveSize = new ReceiveSize();
    added.channel().config().setRecvByteBufAllocator(receiveSize);
    inflow =
        new Inflow(
            parts.protocol().open(this), credit, receiveSize, parts.options().mostHeaderBytes());
    watch.add(this);
    parts.connections().add(this);
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    parts.tally().connection();
    proceed();
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    close();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    close();
  }

  private void close() {
    if (phase == Phase.CLOSED) {
      return;
    }
    boolean listened = isListening();
    phase = Phase.CLOSED;
    if (listened) {
      inflow.giveUp();
    }
    watch.remove(this);
    credit.close();
    outflow.close();
    turns.close();
    settleIfOver();
  }

  /** Changes are made also for clients that are gone; the server waits for them. */
  private void settleIfOver() {
    if (phase == Phase.CLOSED && turns.underWay() == 0) {
      parts.connections().remove(this);
    }
  }

  /** Takes in what has been begun, and closes behind the replies. Any thread. */
  void drain() {
    execute(
        () -> {
          if (phase == Phase.OPEN && inflow.isWithinRequest()) {
            phase = Phase.DRAINING;
            proceed();
          } else if (phase == Phase.OPEN) {
            end();
          }
        });
  }

  /** Closes it, whatever is due. Any thread. */
  void abort() {
    execute(this::hangUp);
  }

  // --- In

  @Override
  public void channelRead(ChannelHandlerContext reading, Object message) {
    ByteBuf received = (ByteBuf) message;
    parts.tally().in(received.readableBytes());
    if (isListening()) {
      inflow.add(context.alloc(), received);
    } else {
      received.release();
    }
    proceed();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext triggered, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      proceed();
    } else {
      triggered.fireUserEventTriggered(event);
    }
  }

  /** Takes in as much as there is room for, and asks for more if there is room left. */
  private void proceed() {
    if (proceeding) {
      return;
    }
    proceeding = true;
    outflow.hold();
    try {
      while (step()) {
        // Whoever sends parts of a request in time still owes the whole of it.
        if (inflow.isBetweenRequests()) {
          clock.touch();
          endIfDraining();
        }
      }
    } catch (MalformedException malformed) {
      noteMalformed(malformed.getMessage());
      end();
    } catch (Throwable failure) {
      // An Error, too: whoever called this would not end the connection, and it would stay as it
      // is.
      onFailure(failure);
    } finally {
      proceeding = false;
      outflow.letGo();
    }
    readOrEnd();
    closeIfOver();
    settleIfOver();
  }

  /** The request that had begun is there: those behind it are not taken in. */
  private void endIfDraining() {
    if (phase == Phase.DRAINING) {
      end();
    }
  }

  /** Whether something was done, so that there may be more to do. */
  private boolean step() {
    return isListening() && inflow.step(hasRoom());
  }

  private boolean isListening() {
    return phase == Phase.OPEN || phase == Phase.DRAINING;
  }

  private boolean hasRoom() {
    return turns.hasRoom()
        && turns.underWay() + outflow.unsent() < options().mostRequestsUnderWay();
  }

  private void readOrEnd() {
    // Whether the next thing to happen is that the client sends something.
    boolean awaits = isListening() && inflow.hasRoom(hasRoom());
    clock.await(awaits, inflow.isWithinRequest());
    if (awaits && (inputEnded || (phase == Phase.DRAINING && !inflow.isWithinRequest()))) {
      end();
    } else if (awaits || (phase == Phase.DEAF && !inputEnded)) {
      // What a deaf one reads it drops: to close over unread bytes would cost the client its reply.
      context.read();
    }
  }

  // --- Out

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext changed) {
    outflow.pump();
  }

  private void onSent() {
    clock.touchIfIdle();
    turns.advance();
  }

  /** Closes without a word: encryption would wait for a client that does not read. */
  private void hangUp() {
    Channel channel = context.channel();
    channel.unsafe().close(channel.newPromise());
  }

  private void closeIfOver() {
    if (phase == Phase.DEAF && turns.underWay() == 0 && outflow.unsent() == 0) {
      var _ = context.close();
    }
  }

  // --- What goes wrong

  /** Looks whether the client is late; called now and then. */
  void lookWhetherLate(long nowNs) {
    boolean idle = turns.underWay() == 0 && outflow.unsent() == 0;
    String late = clock.late(nowNs, idle, outflow.isOverdue(nowNs));
    if (late != null) {
      tally().timeout();
      parts.log().debug(this + ": " + late);
      hangUp();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext caught, Throwable cause) {
    switch (cause) {
      case IOException gone -> parts.log().debug(this + ": " + gone.getMessage());
      case DecoderException unreadable ->
          noteMalformed("TLS: expected a handshake, found " + described(unreadable));
      default -> parts.log().failure(this + ": failed", cause);
    }
    hangUp();
  }

  /** Other messages quote what the client has sent, which may be a secret. */
  private static String described(DecoderException unreadable) {
    Throwable cause = unreadable.getCause();
    return cause instanceof SSLHandshakeException refused
        ? String.valueOf(refused.getMessage())
        : (cause == null ? unreadable : cause).getClass().getSimpleName();
  }

  private void onFailure(Throwable failure) {
    noteFailure("request failed", failure);
    hangUp();
  }

  /** Protocol and address of the client. */
  @Override
  public String toString() {
    return parts.protocol().scheme() + " client " + remoteAddress();
  }
}
