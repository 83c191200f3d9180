package io.daxflux.net.serve;

import io.daxflux.net.ServerOptions;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/**
 * The life of one connection: takes in what its client sends, only while there is room for what
 * that brings; and ends when it is told to, when its client is late, or when the client is gone.
 *
 * <p>On its event loop, but for what says otherwise.
 */
final class Conversation {
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
  private final ClientChannel channel;
  private final ClientLog log;
  private final ClientClock clock;
  private final LoopWatch watch;
  private final Credit credit;
  private final Room room;
  private final Outflow outflow;
  private final Turns turns;
  private final Inflow inflow;

  private Phase phase = Phase.OPEN;
  private boolean inputEnded;
  private boolean proceeding;
  private boolean overdrawn;

  Conversation(ServerParts parts, ChannelHandlerContext context) {
    this.parts = parts;
    channel = new ClientChannel(context);
    ServerOptions options = parts.options();
    log = new ClientLog(parts, channel);
    clock = new ClientClock(options);
    watch = parts.connections().watchOf(channel.loop());
    credit =
        new Credit(
            options.mostBufferedBytes(), parts.credit(), () -> channel.execute(this::proceed));
    room = new Room(options.mostBufferedBytes(), parts.room());
    outflow =
        new Outflow(context, parts.tally(), options.writeTimeout(), this::onSent, channel::hangUp);
    turns =
        new Turns(channel.loop(), watch.delivery(), outflow, room, this::onFailure, this::proceed);
    Puts puts = new Puts(channel.loop(), watch.delivery(), credit, parts.store());
    ReceiveSize receiveSize = new ReceiveSize();
    channel.readBy(receiveSize);
    Connection connection = new Connection(parts, channel, log, this, turns, puts, room);
    inflow =
        new Inflow(
            channel.memory(),
            parts.protocol().open(connection),
            credit,
            receiveSize,
            options.mostHeaderBytes());
  }

  /** From now on the server knows of it. */
  void begin() {
    watch.add(this);
    parts.connections().add(this);
  }

  // --- In

  /** Takes in what was received, which it now owns. */
  void take(ByteBuf received) {
    if (isListening()) {
      inflow.add(received);
    } else {
      received.release();
    }
    proceed();
  }

  /** The client sends no more. */
  void endInput() {
    inputEnded = true;
    proceed();
  }

  /** The next bytes are this body's. */
  void receive(long bytes, Body taker, Runnable whenAll) {
    inflow.receive(bytes, taker, whenAll);
  }

  /** The client may take its time from now on. */
  void admit() {
    clock.admit();
  }

  /** Takes in as much as there is room for, and asks for more if there is room left. */
  void proceed() {
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
      log.malformed(malformed.getMessage());
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
    keepRoom();
    settleIfOver();
  }

  /** Looks what is kept for it: there may be no room for that. */
  private void keepRoom() {
    room.keepUnfinished(isListening() ? inflow.unfinishedBytes(hasRoom()) : 0);
    if (!overdrawn && phase != Phase.CLOSED && room.isOverdrawn()) {
      overdrawn = true;
      log.warn("closed: too much is kept for all clients, and for this one more than a little");
      channel.hangUp();
    }
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
        && turns.underWay() + outflow.unsent() < parts.options().mostRequestsUnderWay();
  }

  private void readOrEnd() {
    // Whether the next thing to happen is that the client sends something.
    boolean awaits = isListening() && inflow.hasRoom(hasRoom());
    clock.await(awaits, inflow.isWithinRequest());
    if (awaits && (inputEnded || (phase == Phase.DRAINING && !inflow.isWithinRequest()))) {
      end();
    } else if (awaits || (phase == Phase.DEAF && !inputEnded)) {
      // What a deaf one reads it drops: to close over unread bytes would cost the client its reply.
      channel.read();
    }
  }

  // --- Out

  /** Sends at once, whatever is due. */
  void send(Reply reply) {
    reply.keepIn(room);
    outflow.send(reply);
    outflow.pump();
    keepRoom();
  }

  /** The channel may take more. */
  void pump() {
    outflow.pump();
  }

  private void onSent() {
    clock.touchIfIdle();
    turns.advance();
  }

  // --- The end

  /** Whether it takes in no more requests than the one that has been begun. */
  boolean isEnding() {
    return phase != Phase.OPEN;
  }

  /** Takes in what has been begun, and closes behind the replies. Any thread. */
  void drain() {
    channel.execute(
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
    channel.execute(channel::hangUp);
  }

  /** Takes in nothing more, and closes behind the replies that are due. */
  void end() {
    if (isListening()) {
      phase = Phase.DEAF;
      inflow.giveUp();
    }
    closeIfOver();
  }

  private void closeIfOver() {
    if (phase == Phase.DEAF && turns.underWay() == 0 && outflow.unsent() == 0) {
      channel.close();
    }
  }

  /** The channel cannot go on. */
  void fail(Throwable cause) {
    log.broken(cause);
    channel.hangUp();
  }

  private void onFailure(Throwable failure) {
    log.failure("request failed", failure);
    channel.hangUp();
  }

  /** Looks whether the client is late; called now and then. */
  void lookWhetherLate(long nowNs) {
    boolean idle = turns.underWay() == 0 && outflow.unsent() == 0;
    String late = clock.late(nowNs, idle, outflow.isOverdue(nowNs));
    if (late != null) {
      log.late(late);
      channel.hangUp();
    }
  }

  /** The channel is closed. */
  void close() {
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
    room.keepUnfinished(0);
    settleIfOver();
  }

  /** Changes are made also for clients that are gone; the server waits for them. */
  private void settleIfOver() {
    if (phase == Phase.CLOSED && turns.underWay() == 0) {
      parts.connections().remove(this);
    }
  }
}
