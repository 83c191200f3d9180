package io.daxflux.net.serve;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.PutMode;
import io.daxflux.net.ServerOptions;
import io.daxflux.reactive.ReactiveChunkStore;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
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
    /** Takes in what has been begun. */
    DRAINING,
    /** Takes in nothing; sends what is due. */
    DEAF,
    CLOSED
  }

  private final ServerParts parts;
  private final ReceiveSize receiveSize = new ReceiveSize();
  private final Input input = new Input();
  private final ClientClock clock;
  private ChannelHandlerContext context;
  private Credit credit;
  private Outflow outflow;
  private Turns turns;
  private Dialect dialect;
  private LoopWatch watch;

  private Phase phase = Phase.OPEN;
  private boolean inputEnded;
  private boolean proceeding;

  private @Nullable Body body;
  private long bodyBytes;
  private Runnable whenReceived = () -> {};

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

  /** What the server counts. */
  public Tally tally() {
    return parts.tally();
  }

  /** The client has named the secret, where there is one: it may take its time from now on. */
  public void admit() {
    clock.admit();
  }

  /**
   * Hands the next bytes to a body, which it owns until all of them were taken.
   *
   * @param whenAll runs when they were; not where they do not come
   */
  public void receive(long bytes, Body taker, Runnable whenAll) {
    body = taker;
    bodyBytes = bytes;
    whenReceived = whenAll;
    receiveSize.expect(bytes);
  }

  /** A put whose payload is about to be received. Its owner ends it. */
  public PutBody put(ChunkHead head, PutMode mode) {
    return PutBody.begin(context.channel().eventLoop(), credit, store(), head, mode);
  }

  /**
   * Carries out a request that changes nothing, side by side with others of the kind, and sends its
   * reply when those before are sent. Where the client is gone it is cancelled.
   *
   * @param work how the reply is made, which happens on the event loop, or nothing; an error ends
   *     the connection
   */
  public void answer(Mono<Supplier<Reply>> work) {
    tally().request();
    turns.add(new Turn(turns, work, false));
  }

  /**
   * Carries out a request that changes something, behind all requests before and ahead of all that
   * follow. It is carried out although the client may be gone.
   *
   * @param work how the reply is made, which happens on the event loop, or nothing; an error ends
   *     the connection
   */
  public void change(Mono<Supplier<Reply>> work) {
    tally().request();
    turns.add(new Turn(turns, work, true));
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

  /** Takes in nothing more, and closes behind the replies that are due. */
  public void end() {
    if (phase == Phase.OPEN || phase == Phase.DRAINING) {
      phase = Phase.DEAF;
      giveUpInput();
    }
    closeIfOver();
  }

  // --- Its life

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    outflow = new Outflow(added, parts.tally(), this::onSent);
    credit = new Credit(parts.options().mostBufferedBytes(), () -> execute(this::proceed));
    turns =
        new Turns(
            added.channel().eventLoop(),
            outflow,
            parts.options().mostBufferedBytes(),
            this::onFailure,
            this::proceed);
    added.channel().config().setRecvByteBufAllocator(receiveSize);
    dialect = parts.protocol().open(this);
    watch = parts.connections().watchOf(added.channel().eventLoop());
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
    boolean wasDeaf = phase == Phase.DEAF;
    phase = Phase.CLOSED;
    if (!wasDeaf) {
      giveUpInput();
    }
    watch.remove(this);
    outflow.close();
    turns.close();
    settleIfOver();
  }

  private void giveUpInput() {
    input.release();
    Body current = body;
    body = null;
    if (current != null) {
      current.abandon();
    }
    dialect.closed();
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
          if (phase == Phase.OPEN) {
            phase = Phase.DRAINING;
            proceed();
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
    if (phase == Phase.CLOSED || phase == Phase.DEAF) {
      received.release();
    } else {
      input.add(context.alloc(), received);
      proceed();
    }
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
    try {
      while (step()) {
        clock.touch();
      }
    } catch (MalformedException malformed) {
      noteMalformed(malformed.getMessage());
      end();
    } catch (RuntimeException failure) {
      onFailure(failure);
    } finally {
      proceeding = false;
    }
    readOrEnd();
    closeIfOver();
    settleIfOver();
  }

  /** Whether something was done, so that there may be more to do. */
  private boolean step() {
    if (phase == Phase.CLOSED || phase == Phase.DEAF) {
      return false;
    }
    return body == null ? readRequest() : feed(body);
  }

  private boolean feed(Body taker) {
    if (bodyBytes == 0) {
      body = null;
      whenReceived.run();
      return true;
    }
    if (input.isEmpty() || credit.isExhausted()) {
      return false;
    }
    ByteBuf part = input.take(bodyBytes);
    bodyBytes -= part.readableBytes();
    receiveSize.expect(bodyBytes);
    taker.take(part);
    // Not a step for the clock: a payload has its time as a whole.
    return bodyBytes == 0 || step();
  }

  private boolean readRequest() {
    if (input.isEmpty() || !hasRoom()) {
      return false;
    }
    int before = input.bytes();
    dialect.read(input.buffer());
    boolean understood = input.bytes() < before || body != null;
    input.trim();
    if (!understood && before > options().mostHeaderBytes()) {
      throw new MalformedException(
          "request: expected at most "
              + options().mostHeaderBytes()
              + " bytes before its payload, found more");
    }
    return understood;
  }

  private boolean hasRoom() {
    return turns.underWay() < options().mostRequestsUnderWay()
        && outflow.unsent() < options().mostRequestsUnderWay();
  }

  /** Whether the next thing to happen is that the client sends something. */
  private boolean awaitsClient() {
    return switch (phase) {
      case OPEN, DRAINING -> body == null ? hasRoom() : !credit.isExhausted();
      case DEAF, CLOSED -> false;
    };
  }

  private void readOrEnd() {
    boolean awaits = awaitsClient();
    clock.await(awaits, body != null || !input.isEmpty() || !dialect.isBetweenRequests());
    if (!awaits) {
      return;
    }
    if (inputEnded || (phase == Phase.DRAINING && !clock.isWithinRequest())) {
      end();
    } else {
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

  private void hangUp() {
    var _ = context.close();
  }

  private void closeIfOver() {
    if (phase == Phase.DEAF && turns.underWay() == 0 && outflow.unsent() == 0) {
      hangUp();
    }
  }

  // --- What goes wrong

  /** Looks whether the client is late; called now and then. */
  void lookWhetherLate(long nowNs) {
    boolean idle = turns.underWay() == 0 && outflow.unsent() == 0;
    String late = clock.late(nowNs, idle, outflow.stalledNs(nowNs));
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
          noteMalformed("expected bytes that can be decrypted: " + unreadable.getMessage());
      default -> parts.log().failure(this + ": failed", cause);
    }
    hangUp();
  }

  private void onFailure(Throwable failure) {
    parts.log().failure(this + ": request failed", failure);
    hangUp();
  }

  /** Protocol and address of the client. */
  @Override
  public String toString() {
    return parts.protocol().scheme() + " client " + context.channel().remoteAddress();
  }
}
