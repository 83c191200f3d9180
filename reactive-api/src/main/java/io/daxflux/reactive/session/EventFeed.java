package io.daxflux.reactive.session;

import io.daxflux.reactive.outcome.StoreEvent;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/** One listener of a store's events. What it has not asked for waits, up to a bound. */
final class EventFeed implements Subscription {
  private static final int MOST_WAITING = 1024;

  private final Counters source;
  private final Outbox<StoreEvent> outbox;

  EventFeed(Counters source, CoreSubscriber<? super StoreEvent> listener, Scheduler delivery) {
    this.source = source;
    this.outbox = new Outbox<>(listener, delivery, _ -> {}, this::cancel);
  }

  Outbox<StoreEvent> outbox() {
    return outbox;
  }

  /** On the store's thread. */
  void tell(StoreEvent event) {
    if (outbox.size() < MOST_WAITING) {
      outbox.offer(event);
    }
  }

  @Override
  public void request(long demand) {
    if (Operators.validate(demand)) {
      outbox.request(demand);
    }
  }

  @Override
  public void cancel() {
    outbox.cancel();
    source.forget(this);
  }
}
