package io.daxflux.net.wire;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Which request may make a list next. There are few at a time, and each is until its list has gone,
 * so that a client that asks much and reads nothing costs no more memory than they. On the
 * connection's event loop.
 */
final class ListTurns {
  private static final int MOST = 4;

  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int underWay;
  private boolean closed;

  /** Runs this when it is its turn, which is to be {@linkplain #leave left}. */
  void enter(Runnable start) {
    waiting.add(start);
    startNext();
  }

  /** It does not want its turn any more. False where it has it. */
  boolean withdraw(Runnable start) {
    return waiting.remove(start);
  }

  void leave() {
    underWay--;
    startNext();
  }

  private void startNext() {
    while (!closed && underWay < MOST && !waiting.isEmpty()) {
      underWay++;
      waiting.remove().run();
    }
  }

  /** Starts nothing more. */
  void close() {
    closed = true;
  }
}
