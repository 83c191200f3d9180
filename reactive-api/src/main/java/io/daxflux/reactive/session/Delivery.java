package io.daxflux.reactive.session;

import reactor.core.CoreSubscriber;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/** Where subscribers are delivered their signals. */
public final class Delivery {
  /** Names a scheduler of the subscriber's own, in its context. */
  public static final String KEY = "io.daxflux.delivery";

  private Delivery() {}

  /** The subscriber's own scheduler, or else the one that all others share. */
  static Scheduler to(CoreSubscriber<?> subscriber, Scheduler others) {
    Context context = subscriber.currentContext();
    return context.isEmpty() ? others : context.getOrDefault(KEY, others);
  }
}
