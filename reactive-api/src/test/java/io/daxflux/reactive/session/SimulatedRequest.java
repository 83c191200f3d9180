package io.daxflux.reactive.session;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A request under way, and what to do with what it delivers.
 *
 * @param <T> what that is
 */
final class SimulatedRequest<T> {
  private final Supplier<String> what;
  private final Receiver<T> receiver;
  private final Consumer<? super T> onValue;
  private int seen;

  SimulatedRequest(Supplier<String> what, Receiver<T> receiver, Consumer<? super T> onValue) {
    this.what = what;
    this.receiver = receiver;
    this.onValue = onValue;
  }

  /** What was asked for, in words. */
  String what() {
    return what.get();
  }

  Receiver<T> receiver() {
    return receiver;
  }

  /** Looks at what has come since. */
  void look() {
    while (seen < receiver.received().size()) {
      onValue.accept(receiver.received().get(seen++));
    }
  }

  boolean isOver() {
    return receiver.isEnded() || receiver.isCancelled();
  }
}
