package io.daxflux.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Signal;

/** A subscriber in the hand of a test: asks, waits for what comes, and cancels when it is told. */
public final class SlowSubscriber<T> extends BaseSubscriber<T> {
  /** Takes signals without a lock: they come on threads that must not block. */
  private final Queue<Signal<T>> signals = new ConcurrentLinkedQueue<>();

  private SlowSubscriber() {}

  /** Subscribes, and asks for nothing yet. */
  public static <T> SlowSubscriber<T> to(Publisher<T> publisher) {
    SlowSubscriber<T> subscriber = new SlowSubscriber<>();
    publisher.subscribe(subscriber);
    return subscriber;
  }

  /** Subscribes, and asks for so much. */
  public static <T> SlowSubscriber<T> to(Publisher<T> publisher, long demand) {
    SlowSubscriber<T> subscriber = to(publisher);
    subscriber.request(demand);
    return subscriber;
  }

  @Override
  protected void hookOnSubscribe(Subscription subscription) {}

  @Override
  protected void hookOnNext(T value) {
    signals.add(Signal.next(value));
  }

  @Override
  protected void hookOnComplete() {
    signals.add(Signal.complete());
  }

  @Override
  protected void hookOnError(Throwable cause) {
    signals.add(Signal.error(cause));
  }

  /** Waits for the next value, which must come. */
  public T next() {
    Signal<T> signal = take();
    assertThat(signal.isOnNext()).as("a value, found %s", signal).isTrue();
    return signal.get();
  }

  /** Waits for the completion, which must be the next signal. */
  public void awaitComplete() {
    Signal<T> signal = take();
    assertThat(signal.isOnComplete()).as("a completion, found %s", signal).isTrue();
  }

  /** Waits for an error of this type, which must be the next signal. */
  public <E extends Throwable> E awaitError(Class<E> type) {
    Signal<T> signal = take();
    assertThat(signal.getThrowable()).as("%s", signal).isInstanceOf(type);
    return type.cast(signal.getThrowable());
  }

  /** Closes what has come, where that is to be closed. */
  public void closeReceived() {
    Signal<T> signal;
    while ((signal = signals.poll()) != null) {
      if (signal.get() instanceof AutoCloseable handle) {
        try {
          handle.close();
        } catch (Exception failure) {
          throw new AssertionError("could not close " + handle, failure);
        }
      }
    }
  }

  /** Waits for the next signal, and says whether it is a value; it is not taken. */
  public boolean nextIsValue() {
    QuietStores.until(() -> !signals.isEmpty(), "a signal");
    return signals.element().isOnNext();
  }

  /** How many signals came that nobody has taken. */
  public int waiting() {
    return signals.size();
  }

  private Signal<T> take() {
    QuietStores.until(() -> !signals.isEmpty(), "a signal");
    return signals.remove();
  }
}
