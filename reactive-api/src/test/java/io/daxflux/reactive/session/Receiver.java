package io.daxflux.reactive.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** A subscriber that keeps what it receives, and asks and cancels when the test says so. */
final class Receiver<T> implements CoreSubscriber<T> {
  /** Demand for one, and for one more with each that comes. */
  static final long ONE_BY_ONE = -1;

  private final long initialDemand;
  private final List<T> received = new ArrayList<>();
  private @Nullable Subscription subscription;
  private @Nullable Throwable error;
  private int closed;
  private boolean completed;
  private boolean cancelled;

  Receiver(long initialDemand) {
    this.initialDemand = initialDemand;
  }

  @Override
  public void onSubscribe(Subscription to) {
    subscription = to;
    if (initialDemand != 0) {
      to.request(Math.abs(initialDemand));
    }
  }

  @Override
  public void onNext(T value) {
    require(!isEnded(), "a value after the end");
    require(!cancelled, "a value after the cancel");
    received.add(value);
    if (initialDemand == ONE_BY_ONE) {
      subscription.request(1);
    }
  }

  @Override
  public void onError(Throwable cause) {
    require(!isEnded(), "an error after the end");
    error = cause;
  }

  @Override
  public void onComplete() {
    require(!isEnded(), "a completion after the end");
    completed = true;
  }

  private static void require(boolean kept, String found) {
    if (!kept) {
      throw new AssertionError("expected no signal any more, found " + found);
    }
  }

  void request(long demand) {
    subscription.request(demand);
  }

  void cancel() {
    cancelled = true;
    subscription.cancel();
  }

  /**
   * Closes what was received and not yet closed, where that is to be closed; says whether any was.
   */
  boolean closeReceived() {
    int before = closed;
    for (T value : received.subList(closed, received.size())) {
      closed++;
      if (value instanceof AutoCloseable handle) {
        try {
          handle.close();
        } catch (Exception failure) {
          throw new AssertionError("could not close " + value, failure);
        }
      }
    }
    return closed > before;
  }

  List<T> received() {
    return received;
  }

  @Nullable Throwable error() {
    return error;
  }

  boolean isCompleted() {
    return completed;
  }

  boolean isCancelled() {
    return cancelled;
  }

  boolean isEnded() {
    return completed || error != null;
  }
}
