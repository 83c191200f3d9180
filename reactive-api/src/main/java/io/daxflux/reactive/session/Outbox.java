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
 * <p>It is shut until {@link #open}, which follows the subscriber's {@code onSubscribe}: nothing
 * overtakes that.
 *
 * <h2>Ownership</h2>
 *
 * What is put in belongs to the outbox until {@code onNext} hands it to the subscriber. If the
 * subscriber has cancelled by then, nobody is there any more, and the outbox discards it: each
 * value is either received or discarded.
 *
 * @param <T> what is delivered
 */
public final class Outbox<T> implements Runnable {
  @SuppressWarnings("rawtypes")
  private static final AtomicIntegerFieldUpdater<Outbox> WORK =
      AtomicIntegerFieldUpdater.newUpdater(Outbox.class, "work");

  @SuppressWarnings("rawtypes")
  private static final AtomicLongFieldUpdater<Outbox> REQUESTED =
      AtomicLongFieldUpdater.newUpdater(Outbox.class, "requested");

  private final CoreSubscriber<? super T> subscriber;
  private final Scheduler delivery;
  private final @Nullable WaitingCaller caller;
  private final Consumer<? super T> discard;
  private final Runnable onBroken;

  /** Filled by the store's thread, emptied by whoever drains. */
  private final Queue<T> queue = Queues.<T>unbounded(8).get();

  /**
   * Above zero while somebody drains: that one sees all that came before the last increment. Starts
   * at one, which {@link #open} takes away.
   */
  private volatile int work = 1;

  private volatile long requested;
  private volatile boolean cancelled;

  /** Runs before the next signal. */
  private volatile @Nullable Runnable before;

  /** Set after the last value was put in; its write publishes {@link #failure}. */
  private volatile boolean finished;

  private @Nullable Throwable failure;

  // Touched only while draining.
  private long emitted;
  private boolean terminated;

  /**
   * Delivers on the scheduler.
   *
   * @param discard takes what nobody receives
   * @param onBroken is told once where the subscriber throws, which the specification forbids: it
   *     is sent nothing more
   */
  public Outbox(
      CoreSubscriber<? super T> subscriber,
      Scheduler delivery,
      Consumer<? super T> discard,
      Runnable onBroken) {
    this(subscriber, delivery, null, discard, onBroken);
  }

  /**
   * Delivers on the thread of the caller who waits, as long as it is there, and then on the
   * scheduler.
   *
   * @param discard takes what nobody receives
   * @param onBroken is told once where the subscriber throws, which the specification forbids: it
   *     is sent nothing more
   */
  Outbox(
      CoreSubscriber<? super T> subscriber,
      Scheduler delivery,
      @Nullable WaitingCaller caller,
      Consumer<? super T> discard,
      Runnable onBroken) {
    this.subscriber = subscriber;
    this.delivery = delivery;
    this.caller = caller;
    this.discard = discard;
    this.onBroken = onBroken;
  }

  /** Lets signals through. Once, after {@code onSubscribe} has returned. */
  public void open() {
    if (WORK.decrementAndGet(this) != 0) {
      dispatch();
    }
  }

  /** Adds demand. Any thread. */
  public void request(long demand) {
    Operators.addCap(REQUESTED, this, demand);
    if (!queue.isEmpty() || finished) {
      schedule();
    }
  }

  /** All that was ever requested. */
  public long requested() {
    return requested;
  }

  /** Nothing is delivered from now on; what is inside is discarded. Any thread. */
  public void cancel() {
    cancelled = true;
    schedule();
  }

  /** Whether nothing is delivered any more. */
  public boolean isCancelled() {
    return cancelled;
  }

  /** How many values wait in it, about. */
  int size() {
    return queue.size();
  }

  /** Puts a value in. One thread at a time, before {@link #complete} and {@link #fail}. */
  public void offer(T value) {
    queue.offer(value);
    schedule();
  }

  /**
   * Runs this on the delivery scheduler, before any signal that follows; also after a cancel. What
   * it throws is dropped.
   */
  public void runFirst(Runnable code) {
    before = code;
    schedule();
  }

  /** Completes behind what is inside. */
  public void complete() {
    finished = true;
    schedule();
  }

  /** Fails behind what is inside; to no effect where it has completed or failed already. */
  public void fail(Throwable cause) {
    if (!finished) {
      failure = cause;
      finished = true;
      schedule();
    }
  }

  private void schedule() {
    if (WORK.getAndIncrement(this) == 0) {
      dispatch();
    }
  }

  private void dispatch() {
    if (caller != null && caller.take(this)) {
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
    int missed = work;
    do {
      deliver();
      missed = WORK.addAndGet(this, -missed);
    } while (missed != 0);
  }

  private void deliver() {
    Runnable first = before;
    if (first != null) {
      before = null;
      // Its failure is not the subscriber's, who is still told how the request ended.
      guarded(first, () -> {});
    }
    while (!cancelled && !terminated) {
      // Read before the queue: finished and then empty means that nothing follows.
      boolean last = finished;
      if (last && queue.isEmpty()) {
        terminated = true;
        guarded(this::terminate, this::giveUp);
      } else if (emitted == requested || queue.isEmpty()) {
        return;
      } else {
        emitted++;
        T value = queue.poll();
        guarded(() -> subscriber.onNext(value), this::giveUp);
      }
    }
    T left;
    while ((left = queue.poll()) != null) {
      discard.accept(left);
    }
  }

  private void terminate() {
    Throwable cause = failure;
    if (cause == null) {
      subscriber.onComplete();
    } else {
      subscriber.onError(cause);
    }
  }

  /** Whatever a user's code throws, the outbox goes on to its end: it still owns what is inside. */
  private void guarded(Runnable usersCode, Runnable onThrow) {
    try {
      usersCode.run();
    } catch (Throwable broken) {
      onThrow.run();
      report(broken);
    }
  }

  private void giveUp() {
    if (!cancelled) {
      cancelled = true;
      onBroken.run();
    }
  }

  private void report(Throwable broken) {
    try {
      Operators.onErrorDropped(broken, subscriber.currentContext());
    } catch (Throwable rethrown) {
      // The default hook logs and throws again, to those who could still be told. None is left.
      if (rethrown instanceof VirtualMachineError fatal) {
        throw fatal;
      }
    }
  }
}
