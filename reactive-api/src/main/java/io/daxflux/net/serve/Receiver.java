package io.daxflux.net.serve;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * Receives what the store answers, until it is cancelled. What comes behind that is still handed to
 * the subclass, errors too, which owns it: nobody waits for it, and it is no news for a log.
 *
 * @param <T> what is received
 */
public abstract class Receiver<T> implements CoreSubscriber<T> {
  private volatile @Nullable Subscription subscription;
  private volatile boolean cancelled;

  /** One that has not subscribed. */
  protected Receiver() {}

  @Override
  public final void onSubscribe(Subscription given) {
    subscription = given;
    if (cancelled) {
      given.cancel();
    } else {
      subscribed();
    }
  }

  /** Asks for all there is, unless it is overridden. */
  protected void subscribed() {
    request(Long.MAX_VALUE);
  }

  /** Asks for so much more. For use when it has subscribed; any thread. */
  public final void request(long more) {
    Subscription current = subscription;
    if (current != null) {
      current.request(more);
    }
  }

  /** Tells the store that nobody waits any more. Any thread, also before it has subscribed. */
  public final void cancel() {
    cancelled = true;
    Subscription current = subscription;
    if (current != null) {
      current.cancel();
    }
  }
}
