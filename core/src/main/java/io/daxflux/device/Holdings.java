package io.daxflux.device;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What opening a device has taken so far: given back in reverse order, at once where the opening
 * fails, by {@link #release()} where it succeeds. One list for both, so that neither can forget
 * what the other remembers. Not thread-safe.
 */
final class Holdings {
  private final Deque<Holding> held = new ArrayDeque<>();

  /** Remembers something taken. */
  void hold(Runnable release) {
    held.push(new Holding(release, false));
  }

  /** Remembers a change that must not outlive a failed opening. */
  void undoOnFailure(Runnable undo) {
    held.push(new Holding(undo, true));
  }

  /** The opening has succeeded: its changes stay. */
  void keepChanges() {
    held.removeIf(Holding::onlyOnFailure);
  }

  /** The opening has failed: gives everything back, and adds what fails on the way to its cause. */
  void abandon(Throwable cause) {
    while (!held.isEmpty()) {
      try {
        held.pop().action().run();
      } catch (RuntimeException | Error further) {
        cause.addSuppressed(further);
      }
    }
  }

  /** Gives everything back. What fails stays held, with all that was taken before it. */
  void release() {
    while (!held.isEmpty()) {
      held.peek().action().run();
      held.pop();
    }
  }

  private record Holding(Runnable action, boolean onlyOnFailure) {}
}
