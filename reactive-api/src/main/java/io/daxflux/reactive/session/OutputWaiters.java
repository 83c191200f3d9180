package io.daxflux.reactive.session;

import java.util.ArrayDeque;
import java.util.Deque;

/** Streams that wait for output memory, first come first served. */
final class OutputWaiters {
  private final Deque<PrefixSession<?>> waiting = new ArrayDeque<>();
  private boolean waking;

  /** Whether memory that is free may go to this session now. */
  boolean isNext(PrefixSession<?> session) {
    return waiting.isEmpty() || waiting.peek() == session;
  }

  void add(PrefixSession<?> session) {
    if (!waiting.contains(session)) {
      waiting.add(session);
    }
  }

  void remove(PrefixSession<?> session) {
    if (waiting.remove(session)) {
      wake();
    }
  }

  /** Memory has come back: whoever is first tries again, and those behind as far as it goes. */
  void wake() {
    if (waking) {
      return;
    }
    waking = true;
    try {
      PrefixSession<?> first;
      PrefixSession<?> tried = null;
      while ((first = waiting.peek()) != null && first != tried) {
        tried = first;
        first.guard(first::onMemory);
      }
    } finally {
      waking = false;
    }
  }
}
