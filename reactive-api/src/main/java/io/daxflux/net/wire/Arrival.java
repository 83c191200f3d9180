package io.daxflux.net.wire;

import io.daxflux.net.serve.Receiver;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * One result on its way from the store to a connection's event loop. It is received there, or
 * discarded: by {@link #drop} where that comes first, on whatever thread.
 */
final class Arrival<T> extends Receiver<T> {
  private static final Object GONE = new Object();

  private final Peer peer;
  private final Consumer<? super T> receiver;
  private final Consumer<Throwable> onFailure;
  private final Consumer<? super T> discard;

  /** Null before it is there; then the result; {@link #GONE} once somebody has it. */
  private final AtomicReference<@Nullable Object> result = new AtomicReference<>();

  private Arrival(
      Peer peer,
      Consumer<? super T> receiver,
      Consumer<Throwable> onFailure,
      Consumer<? super T> discard) {
    this.peer = peer;
    this.receiver = receiver;
    this.onFailure = onFailure;
    this.discard = discard;
  }

  /** Subscribes. Both consumers are called on the event loop, one of them, at most once. */
  static <T> Arrival<T> of(
      Publisher<T> source,
      Peer peer,
      Consumer<? super T> receiver,
      Consumer<Throwable> onFailure,
      Consumer<? super T> discard) {
    Arrival<T> arrival = new Arrival<>(peer, receiver, onFailure, discard);
    source.subscribe(arrival);
    return arrival;
  }

  @Override
  public void onNext(T value) {
    if (result.compareAndSet(null, value)) {
      peer.execute(this::receive);
    } else {
      discard.accept(value);
    }
  }

  private void receive() {
    T value = take();
    if (value != null) {
      receiver.accept(value);
    }
  }

  @Override
  public void onError(Throwable failure) {
    peer.execute(
        () -> {
          if (result.compareAndSet(null, GONE)) {
            onFailure.accept(failure);
          }
        });
  }

  @Override
  public void onComplete() {}

  /** Nobody waits for it any more. On the event loop. */
  void drop() {
    cancel();
    T value = take();
    if (value != null) {
      discard.accept(value);
    }
  }

  @SuppressWarnings("unchecked") // what is neither null nor GONE was put there as a T
  private @Nullable T take() {
    Object taken = result.getAndSet(GONE);
    return taken == GONE ? null : (T) taken;
  }
}
