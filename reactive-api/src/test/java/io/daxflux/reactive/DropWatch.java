package io.daxflux.reactive;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import reactor.core.publisher.Hooks;
import reactor.core.scheduler.Schedulers;

/** Takes what Reactor would drop: errors and values that reach nobody, failures of its threads. */
final class DropWatch {
  private final Queue<String> dropped = new ConcurrentLinkedQueue<>();

  void begin() {
    Hooks.onErrorDropped(error -> dropped.add("dropped error: " + error));
    Hooks.onNextDropped(value -> dropped.add("dropped value: " + value));
    Schedulers.onHandleError(
        (thread, error) -> dropped.add("uncaught on " + thread.getName() + ": " + error));
  }

  void end() {
    Hooks.resetOnErrorDropped();
    Hooks.resetOnNextDropped();
    Schedulers.resetOnHandleError();
  }

  List<String> dropped() {
    return List.copyOf(dropped);
  }

  /** Takes it off the list: a test that wanted it dropped. */
  boolean forgive(String part) {
    return dropped.removeIf(line -> line.contains(part));
  }
}
