package io.daxflux.reactive.session;

import io.daxflux.reactive.outcome.BusyException;
import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.outcome.RequestFailedException;
import io.daxflux.reactive.outcome.StoreException;
import io.daxflux.reactive.ring.Mailbox.Intake;
import io.daxflux.reactive.ring.Request;
import io.daxflux.reactive.ring.Returnable;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/**
 * One request of one subscriber, from its first demand to its end.
 *
 * <p>It goes onto the ring with the first {@code request(n)}; a full or closed ring refuses it.
 * From {@link #begin} on it lives on the store's thread. Later demand and cancellation are bits in
 * {@link #signals}: whoever sets the first one puts the session into the return queue, so it stands
 * there at most once and no signal is lost or refused.
 *
 * @param <T> what it delivers
 */
abstract class Session<T> extends Returnable implements Subscription, Request {
  private static final int DEMAND = 0b001;
  private static final int CANCEL = 0b010;

  @SuppressWarnings("rawtypes")
  private static final AtomicIntegerFieldUpdater<Session> SIGNALS =
      AtomicIntegerFieldUpdater.newUpdater(Session.class, "signals");

  @SuppressWarnings("rawtypes")
  private static final AtomicIntegerFieldUpdater<Session> CLAIMED =
      AtomicIntegerFieldUpdater.newUpdater(Session.class, "claimed");

  /** What the store's thread knows of it. */
  private enum Phase {
    /** Not begun. */
    NEW,
    /** Begun, and not at its end. */
    RUNNING,
    /** Nothing of it is left: no lease, no output, no region. */
    DONE
  }

  final StoreLoop loop;
  final Outbox<T> outbox;

  private volatile int signals;

  /** 1 once the first demand, or a cancellation before any, has decided what becomes of it. */
  private volatile int claimed;

  private Phase phase = Phase.NEW;

  /** Where the subscriber asked; recorded only when origins are tracked. */
  final @Nullable Throwable origin;

  /** Who waits for it; null where nobody does. */
  final @Nullable WaitingCaller caller;

  Session(StoreLoop loop, CoreSubscriber<? super T> subscriber) {
    this.loop = loop;
    this.origin = loop.tracksOrigins() ? new Throwable("asked for here") : null;
    Scheduler delivery = loop.deliveryTo(subscriber);
    this.caller = loop.lendsCallersTo(delivery) ? WaitingCaller.of(subscriber) : null;
    this.outbox = new Outbox<>(subscriber, delivery, caller, loop::discard, this::cancel);
  }

  /** Brings the subscriber to it. The subscriber's thread, once. */
  final void start(CoreSubscriber<? super T> subscriber) {
    try {
      subscriber.onSubscribe(this);
      outbox.open();
    } finally {
      // Also where the subscriber throws: regions may have been left to its thread.
      if (caller != null) {
        caller.work();
      }
    }
  }

  // --- The subscriber's side, any thread

  @Override
  public final void request(long demand) {
    if (!Operators.validate(demand)) {
      return;
    }
    outbox.request(demand);
    if (!CLAIMED.compareAndSet(this, 0, 1)) {
      signal(DEMAND);
      return;
    }
    switch (publish()) {
      case ACCEPTED -> {}
      case FULL -> refuse(new BusyException(loop.config().ringSlots()));
      case CLOSED -> refuse(new ClosedException("it takes in no more requests"));
    }
  }

  @Override
  public final void cancel() {
    outbox.cancel();
    if (CLAIMED.compareAndSet(this, 0, 1)) {
      abandon();
    } else {
      signal(CANCEL);
    }
  }

  /** Brings it to the store's thread, which {@linkplain #begin begins} it. Any thread, once. */
  Intake publish() {
    return loop.mailbox().tryPublish(this);
  }

  private void signal(int bit) {
    if (SIGNALS.getAndAccumulate(this, bit, (seen, added) -> seen | added) == 0) {
      loop.mailbox().giveBack(this);
    }
  }

  // --- The store's thread

  @Override
  public final void begin() {
    if (phase != Phase.NEW) {
      return;
    }
    if (loop.isClosing() && !endsWhatIsUnderWay()) {
      phase = Phase.DONE;
      refuse(new ClosedException("it takes in no more requests"));
      return;
    }
    phase = Phase.RUNNING;
    loop.started(this);
    guard(this::onBegin);
  }

  @Override
  protected final void onReturn() {
    int bits = SIGNALS.getAndSet(this, 0);
    if ((bits & CANCEL) != 0 && phase == Phase.NEW) {
      phase = Phase.DONE;
      abandon();
    }
    if (phase == Phase.RUNNING && (bits & CANCEL) != 0) {
      guard(this::onCancel);
    }
    if (phase == Phase.RUNNING && (bits & DEMAND) != 0) {
      guard(this::onDemand);
    }
  }

  /** Runs a step; a failure of ours ends this session and no other. */
  final void guard(Runnable step) {
    Session<?> servedBefore = loop.serve(this);
    try {
      step.run();
    } catch (RuntimeException | Error failure) {
      loop.log(log -> log.error("{} failed on the store's thread", this, failure));
      abort(new RequestFailedException(failure));
    } finally {
      loop.serve(servedBefore);
    }
  }

  final boolean isRunning() {
    return phase == Phase.RUNNING;
  }

  /** Says that nothing of this session is left. */
  final void finish() {
    if (phase == Phase.RUNNING) {
      phase = Phase.DONE;
      loop.ended(this);
    }
  }

  /** Whether it is the end of something, and so begins though the store is closing. */
  boolean endsWhatIsUnderWay() {
    return false;
  }

  /** Starts the work. */
  abstract void onBegin();

  /** There is more demand than before. */
  void onDemand() {}

  /** The subscriber has gone: give back everything, now or with the last region. */
  abstract void onCancel();

  /** Ends it with an error, as soon as its last region is out. */
  abstract void abort(Throwable cause);

  /** The store did not take the request in. Any thread. */
  void refuse(StoreException cause) {
    outbox.fail(cause);
  }

  /** It was cancelled before it began: there is nothing to give back but what it was handed. */
  void abandon() {}
}
