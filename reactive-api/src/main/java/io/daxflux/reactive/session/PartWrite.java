package io.daxflux.reactive.session;

import java.lang.foreign.MemorySegment;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/** One part of a put on its way to the arena, and whoever waits for it. */
final class PartWrite implements Subscription {
  final MemorySegment part;
  private final Runnable onRelease;
  private final Outbox<Void> outbox;

  PartWrite(
      MemorySegment part,
      Runnable onRelease,
      CoreSubscriber<? super Void> subscriber,
      Scheduler delivery) {
    this.part = part;
    this.onRelease = onRelease;
    this.outbox = new Outbox<>(subscriber, delivery, _ -> {}, () -> {});
  }

  /** Lets signals through. Once, after {@code onSubscribe} has returned. */
  void open() {
    outbox.open();
  }

  /** It has been taken; nobody reads it any more. */
  void taken() {
    outbox.runFirst(onRelease);
    outbox.complete();
  }

  /** It was not taken; nobody reads it. */
  void refused(Throwable cause) {
    outbox.runFirst(onRelease);
    outbox.fail(cause);
  }

  @Override
  public void request(long demand) {
    if (Operators.validate(demand)) {
      outbox.request(demand);
    }
  }

  /** The part is copied all the same: those that follow it count on its bytes. */
  @Override
  public void cancel() {
    outbox.cancel();
  }
}
