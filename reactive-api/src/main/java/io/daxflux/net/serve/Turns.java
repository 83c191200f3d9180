package io.daxflux.net.serve;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

/**
 * The requests of a connection, as if they were carried out one after the other: those that change
 * something run alone, behind all before them and ahead of all after them; others run side by side.
 * Replies go out in the order of the requests; none is begun while too much of them is not sent, so
 * that a client that does not read has lent one reply more than that at the most. On the event
 * loop.
 *
 * <p>When the connection is gone, changes that were asked for are still made, and others are
 * cancelled.
 */
final class Turns {
  private final EventLoop loop;
  private final Context delivery;
  private final Outflow outflow;
  private final Room room;
  private final Consumer<Throwable> onFailure;
  private final Runnable whenFewer;

  /** Behind those that are ahead of them, or replies that are not read. */
  private final Queue<Turn> waiting = new ArrayDeque<>();

  private final Set<Turn> running = new HashSet<>();

  /** In the order of their requests, until their replies go out. */
  private final Queue<Turn> unanswered = new ArrayDeque<>();

  private boolean runningAlone;

  /** Whether the length of a reply is about to be known. */
  private boolean measuring;

  /** Of requests that are not carried out. */
  private long heapBytes;

  /** Of replies that wait for those before them. */
  private long heldBytes;

  private boolean closed;
  private boolean advancing;
  private boolean again;

  Turns(
      EventLoop loop,
      Context delivery,
      Outflow outflow,
      Room room,
      Consumer<Throwable> onFailure,
      Runnable whenFewer) {
    this.loop = loop;
    this.delivery = delivery;
    this.outflow = outflow;
    this.room = room;
    this.onFailure = onFailure;
    this.whenFewer = whenFewer;
  }

  /** The context of whoever asks the store for something. */
  Context delivery() {
    return delivery;
  }

  void add(Turn turn) {
    waiting.add(turn);
    unanswered.add(turn);
    heapBytes += turn.heapBytes;
    room.keep(turn.heapBytes);
    advance();
  }

  /** Requests that are not yet answered. */
  int underWay() {
    return closed ? waiting.size() + running.size() : unanswered.size();
  }

  /** Whether what its requests keep leaves room for another one. */
  boolean hasRoom() {
    return heapBytes < room.mostBytes();
  }

  /** Any thread. */
  void onResult(Turn turn, Answer answer, @Nullable Throwable failure) {
    if (loop.inEventLoop()) {
      end(turn, answer, failure);
    } else {
      try {
        loop.execute(() -> end(turn, answer, failure));
      } catch (RejectedExecutionException ended) {
        answer.discard();
      }
    }
  }

  private void end(Turn turn, Answer answer, @Nullable Throwable failure) {
    if (!running.remove(turn)) {
      answer.discard();
      return;
    }
    forget(turn);
    switch (turn.way) {
      case ALONE -> runningAlone = false;
      case MEASURED -> measuring = false;
      case TOGETHER -> {}
    }
    Throwable broken = failure;
    if (closed) {
      answer.discard();
    } else {
      try {
        turn.reply = answer.make();
        turn.reply.keepIn(room);
        heldBytes += turn.reply.bytes();
      } catch (Throwable thrown) {
        // An Error, too: most likely there is no memory, which is no reason to keep what was lent.
        broken = thrown;
      }
    }
    if (broken != null) {
      onFailure.accept(broken);
    }
    advance();
  }

  /** It has ended, or will not begin. */
  private void forget(Turn turn) {
    heapBytes -= turn.heapBytes;
    room.giveBack(turn.heapBytes);
  }

  /** Sends what is due and starts what may start; whatever that brings about waits for its end. */
  void advance() {
    again = true;
    if (advancing) {
      return;
    }
    advancing = true;
    try {
      while (again) {
        again = false;
        sendReady();
        startReady();
      }
    } finally {
      advancing = false;
    }
    outflow.pump();
    whenFewer.run();
  }

  private void sendReady() {
    for (Turn first = unanswered.peek();
        first != null && first.reply != null;
        first = unanswered.peek()) {
      unanswered.remove();
      heldBytes -= first.reply.bytes();
      outflow.send(first.reply);
    }
  }

  private void startReady() {
    for (Turn next = waiting.peek(); next != null && mayStart(next); next = waiting.peek()) {
      waiting.remove();
      running.add(next);
      runningAlone = next.way == Turn.Way.ALONE;
      measuring |= next.way == Turn.Way.MEASURED;
      next.start();
    }
  }

  /** Only while the client reads, but for what is still to be changed when it is gone. */
  private boolean mayStart(Turn next) {
    if (!closed && outflow.unsentBytes() + heldBytes >= room.mostBytes()) {
      return false;
    }
    return switch (next.way) {
      case ALONE -> running.isEmpty();
      case MEASURED -> !runningAlone && !measuring;
      case TOGETHER -> !runningAlone;
    };
  }

  /** The connection is gone. */
  void close() {
    closed = true;
    for (Turn turn : unanswered) {
      if (turn.reply != null) {
        turn.reply.discard();
      }
    }
    unanswered.clear();
    for (Turn turn : List.copyOf(waiting)) {
      if (turn.way != Turn.Way.ALONE) {
        waiting.remove(turn);
        forget(turn);
      }
    }
    for (Turn turn : Set.copyOf(running)) {
      if (turn.way != Turn.Way.ALONE) {
        running.remove(turn);
        forget(turn);
        turn.cancel();
      }
    }
    advance();
  }
}
