package io.daxflux.reactive.ring;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the publishers that are between "is it open?" and "published", so that after closing there
 * is a moment from which on nothing more can arrive.
 *
 * <pre>
 *   state = 2 × publishers inside + (1 if closed)
 * </pre>
 */
final class IntakeGate {
  private static final int CLOSED = 0b01;
  private static final int PUBLISHER = 0b10;

  private final AtomicInteger state = new AtomicInteger();

  /** Lets a publisher in, who must {@link #leave}; false once closed. */
  boolean enter() {
    int seen;
    do {
      seen = state.get();
      if ((seen & CLOSED) != 0) {
        return false;
      }
    } while (!state.compareAndSet(seen, seen + PUBLISHER));
    return true;
  }

  void leave() {
    state.addAndGet(-PUBLISHER);
  }

  void close() {
    state.getAndUpdate(seen -> seen | CLOSED);
  }

  /** Whether it is closed and the last publisher has left. */
  boolean isQuiet() {
    return state.get() == CLOSED;
  }
}
