package io.daxflux.reactive.session;

import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.concurrent.Queues;

/**
 * Carries results from the store's thread to one subscriber, on the delivery scheduler, one signal
 * at a time and never more than was requested.
 *
 * <h2>Ownership</h2>
 *
 * What is put in belongs to the outbox until {@code onNext} hands it to the subscriber. If the
 * subscriber has cancelled by then, nobody is there any more, and the outbox discards it: each
 * value is either received or discarded.
 *
 * @param <T> what is delivered
 */
final class Outbox<T> implements Runnable {
  @SuppressWarnings("rawtypes")
  private static final AtomicIntegerFieldUpdater<Outbox> WORK =
      AtomicIntegerFieldUpdater.newUpdater(Outbox.class, "work");

  @SuppressWarnings("rawtypes")
  private static final AtomicLongFieldUpdater<Outbox> REQUESTED =
      AtomicLongFieldUpdater.newUpdater(Outbox.class, "requested");

  private final CoreSubscriber<? super T> subscriber;
  private final Scheduler delivery;
  private final Consumer<? super T> discard;

  /** Filled by the store's thread, emptied by whoever drains. */
  private final Queue<T> queue = Queues.<T>unbounded(8).get();

  /** Above zero while somebody drains: that one sees all that came before the last increment. */
  private volatile int work;

  private volatile long requested;
  private volatile boolean cancelled;

  /** Set after the last value was put in; its write publishes {@link #failure}. */
  private volatile boolean finished;

  private @Nullable Throwable failure;

  // Touched only while draining.
  private long emitted;
  private boolean terminated;

  Outbox(CoreSubscriber<? super T> subscriber, Scheduler delivery, Consumer<? super T> discard) {
    this.subscriber = subscriber;
    this.delivery = delivery;
    this.discard = discard;
  }

  /** Adds demand. Any thread. */
  void request(long demand) {
    Operators.addCap(REQUESTED, this, demand);
    if (!queue.isEmpty() || finished) {
      schedule();
    }
  }

  /** All that was ever requested. */
  long requested() {
    return requested;
  }

  /** Nothing is delivered from now on; what is inside is discarded. Any thread. */
  void cancel() {
    cancelled = true;
    schedule();
  }

  boolean isCancelled() {
    return cancelled;
  }

  /** Puts a value in. One thread at a time, before {@link #complete} and {@link #fail}. */
  void offer(T value) {
    queue.offer(value);
    schedule();
  }

  /** Completes behind what is inside. */
  void complete() {
    finished = true;
    schedule();
  }

  /** Fails behind what is inside. */
  void fail(Throwable cause) {
    if (finished) {
      Operators.onErrorDropped(cause, subscriber.currentContext());
      return;
    }
    failure = cause;
    finished = true;
    schedule();
  }

  private void schedule() {
    if (WORK.getAndIncrement(this) != 0) {
      return;
    }
    try {
      delivery.schedule(this);
    } catch (RejectedExecutionException disposed) {
      // A delivery scheduler that somebody disposed must not leave its subscribers waiting.
      Schedulers.boundedElastic().schedule(this);
    }
  }

  @Override
  public void run() {
    int missed = 1;
    do {
      deliver();
      missed = WORK.addAndGet(this, -missed);
    } while (missed != 0);
  }

  private void deliver() {
    while (!cancelled && !terminated) {
      // Read before the queue: finished and then empty means that nothing follows.
      boolean last = finished;
      if (last && queue.isEmpty()) {
        terminate();
      } else if (emitted == requested || queue.isEmpty()) {
        return;
      } else {
        emitted++;
        emit(queue.poll());
      }
    }
    T left;
    while ((left = queue.poll()) != null) {
      discard.accept(left);
    }
  }

  private void emit(T value) {
    try {
      subscriber.onNext(value);
    } catch (RuntimeException broken) {
      // Against the specification. The value is the subscriber's; nothing more is sent to it.
      cancelled = true;
      Operators.onErrorDropped(broken, subscriber.currentContext());
    }
  }

  private void terminate() {
    terminated = true;
    Throwable cause = failure;
    if (cause == null) {
      subscriber.onComplete();
    } else {
      subscriber.onError(cause);
    }
  }
}
