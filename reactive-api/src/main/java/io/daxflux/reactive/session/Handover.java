package io.daxflux.reactive.session;

import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/**
 * Makes something that must be closed, on a scheduler that may block, and hands it to one
 * subscriber, or to the discard hook where the subscriber has gone meanwhile.
 *
 * @param <T> what is made
 */
public final class Handover<T> implements Subscription, Runnable {
  private final Callable<? extends T> maker;
  private final Scheduler scheduler;
  private final Outbox<T> outbox;
  private final AtomicBoolean asked = new AtomicBoolean();

  private Handover(
      CoreSubscriber<? super T> subscriber,
      Callable<? extends T> maker,
      Scheduler scheduler,
      Consumer<? super T> discard) {
    this.maker = maker;
    this.scheduler = scheduler;
    this.outbox = new Outbox<>(subscriber, scheduler, discard, this::cancel);
  }

  /** A publisher that makes one thing for each subscriber, on its first demand. */
  public static <T> Mono<T> mono(
      Callable<? extends T> maker, Scheduler scheduler, Consumer<? super T> discard) {
    return new Mono<>() {
      @Override
      public void subscribe(CoreSubscriber<? super T> subscriber) {
        Handover<T> handover = new Handover<>(subscriber, maker, scheduler, discard);
        subscriber.onSubscribe(handover);
        handover.outbox.open();
      }
    };
  }

  @Override
  public void request(long demand) {
    if (Operators.validate(demand)) {
      outbox.request(demand);
      if (asked.compareAndSet(false, true)) {
        try {
          scheduler.schedule(this);
        } catch (RejectedExecutionException refused) {
          outbox.fail(refused);
        }
      }
    }
  }

  @Override
  public void cancel() {
    outbox.cancel();
  }

  @Override
  public void run() {
    if (outbox.isCancelled()) {
      return;
    }
    try {
      outbox.offer(maker.call());
      outbox.complete();
    } catch (Exception | Error failure) {
      outbox.fail(failure);
    }
  }
}
