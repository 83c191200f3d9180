package io.daxflux.reactive.session;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/** One part of a put on its way to the arena, and whoever waits for it. */
public final class PartWrite implements Subscription {
  private final MemorySegment part;
  private final Runnable onRelease;
  private final Outbox<Void> outbox;

  /**
   * A write that is handed to this line when it is subscribed to, by its only subscriber.
   *
   * @param onRelease runs once, before the subscriber is told that the part was taken or refused
   * @param deliveryTo where the subscriber is told
   * @throws IllegalArgumentException where only one thread may access the part
   */
  public static Mono<Void> of(
      MemorySegment part,
      Runnable onRelease,
      Function<CoreSubscriber<?>, Scheduler> deliveryTo,
      Consumer<PartWrite> line) {
    CallersMemory.requireReadable(part);
    AtomicBoolean written = new AtomicBoolean();
    return new Mono<>() {
      @Override
      public void subscribe(CoreSubscriber<? super Void> subscriber) {
        boolean first = written.compareAndSet(false, true);
        PartWrite write =
            new PartWrite(
                part, first ? onRelease : () -> {}, subscriber, deliveryTo.apply(subscriber));
        subscriber.onSubscribe(write);
        write.open();
        if (first) {
          line.accept(write);
        } else {
          write.refused(
              new IllegalStateException(
                  "write: expected one subscriber, for the part is copied once; found another"));
        }
      }
    };
  }

  private PartWrite(
      MemorySegment part,
      Runnable onRelease,
      CoreSubscriber<? super Void> subscriber,
      Scheduler delivery) {
    this.part = part;
    this.onRelease = onRelease;
    this.outbox = new Outbox<>(subscriber, delivery, _ -> {}, () -> {});
  }

  /** Its bytes. */
  public MemorySegment part() {
    return part;
  }

  private void open() {
    outbox.open();
  }

  /** It has been taken; nobody reads it any more. */
  public void taken() {
    outbox.runFirst(onRelease);
    outbox.complete();
  }

  /** It was not taken; nobody reads it. */
  public void refused(Throwable cause) {
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
