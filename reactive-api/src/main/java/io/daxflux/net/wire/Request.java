package io.daxflux.net.wire;

import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.session.Outbox;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * One request of one subscriber, from its first demand to its end. Demand and cancel are bits that
 * the event loop looks at; everything else happens there.
 *
 * @param <T> what it delivers
 */
abstract class Request<T> implements Subscription, ClientCall {
  private static final int DEMAND = 0b01;
  private static final int CANCEL = 0b10;

  private enum State {
    /** Nobody has asked for anything. */
    NEW,
    /** It waits for a connection, or for its answer. */
    RUNNING,
    /** It has told its subscriber how it ended, or has none any more. */
    OVER
  }

  final RemoteParts parts;
  final Outbox<T> outbox;
  private final AtomicInteger signals = new AtomicInteger();
  private State state = State.NEW;
  private @Nullable Wire wire;
  private int id;

  /**
   * @param discard takes what nobody receives
   */
  Request(RemoteParts parts, CoreSubscriber<? super T> subscriber, Consumer<? super T> discard) {
    this.parts = parts;
    this.outbox = new Outbox<>(subscriber, parts.delivery(), discard, this::cancel);
  }

  static <T> Mono<T> mono(Function<CoreSubscriber<? super T>, Request<T>> request) {
    return new Mono<>() {
      @Override
      public void subscribe(CoreSubscriber<? super T> subscriber) {
        start(request.apply(subscriber), subscriber);
      }
    };
  }

  static <T> Flux<T> flux(Function<CoreSubscriber<? super T>, Request<T>> request) {
    return new Flux<>() {
      @Override
      public void subscribe(CoreSubscriber<? super T> subscriber) {
        start(request.apply(subscriber), subscriber);
      }
    };
  }

  private static <T> void start(Request<T> request, CoreSubscriber<? super T> subscriber) {
    subscriber.onSubscribe(request);
    request.outbox.open();
    request.subscribed();
  }

  /** It has been subscribed to, and perhaps nothing was asked for. */
  void subscribed() {}

  /** Begins without being asked for anything. */
  final void beginUnasked() {
    signal(DEMAND);
  }

  // --- Its subscriber, any thread

  @Override
  public final void request(long demand) {
    if (Operators.validate(demand)) {
      outbox.request(demand);
      signal(DEMAND);
    }
  }

  @Override
  public final void cancel() {
    outbox.cancel();
    signal(CANCEL);
  }

  private void signal(int bit) {
    if (signals.getAndUpdate(bits -> bits | bit) == 0 && !parts.link().execute(this::heed)) {
      // The client was closed, and with it whatever this had.
      state = State.OVER;
      refused(Link.closedException());
    }
  }

  private void heed() {
    int bits = signals.getAndSet(0);
    if ((bits & DEMAND) != 0) {
      // Also where it is cancelled by now: what was to be ended by it must end.
      heedDemand();
    }
    if ((bits & CANCEL) != 0) {
      cancelled();
    }
  }

  private void heedDemand() {
    if (state == State.NEW) {
      state = State.RUNNING;
      parts.running().add(this);
      begin();
    } else if (state == State.RUNNING) {
      demanded();
    }
  }

  private void cancelled() {
    if (state != State.OVER) {
      if (state == State.RUNNING) {
        withdraw();
      }
      leave();
      giveBack();
    }
  }

  // --- What it is made of

  /** Its first demand; sends the request. */
  void begin() {
    parts.link().begin(this);
  }

  /** The subscriber has asked for more. */
  void demanded() {}

  /** Whether it comes to an end without its subscriber's doing. */
  boolean endsByItself() {
    return true;
  }

  /** Gives back all that it has taken, and the caller has lent. Called once, at its end. */
  void giveBack() {}

  /** What is delivered in place of an error; null where it is delivered as one. Any thread. */
  @Nullable T insteadOf(RuntimeException why) {
    return null;
  }

  /** The client was closed before it began: like {@link #lost}, on any thread. */
  void refused(ClosedException why) {
    giveBack();
    T instead = insteadOf(why);
    if (instead == null) {
      outbox.fail(why);
    } else {
      outbox.offer(instead);
      outbox.complete();
    }
  }

  @Override
  public final void connected(Wire given, int number) {
    wire = given;
    id = number;
    sendRequest(given, number);
  }

  abstract void sendRequest(Wire to, int number);

  @Override
  public void lost(RuntimeException why) {
    wire = null;
    T instead = insteadOf(why);
    if (instead == null) {
      fail(why);
    } else {
      succeed(instead);
    }
  }

  // --- Its ends

  final boolean isOver() {
    return state == State.OVER;
  }

  /** Its connection and number there. */
  final Wire wire() {
    if (wire == null) {
      throw new IllegalStateException("expected a request that was sent");
    }
    return wire;
  }

  /** Whether it was sent, and the connection is there. */
  final boolean isSent() {
    return wire != null;
  }

  /** Its number on its connection. */
  public final int id() {
    return id;
  }

  /** Tells the server, or the link, that it is not wanted any more. */
  final void withdraw() {
    if (wire == null) {
      parts.link().forget(this);
    } else {
      wire.cancel(id);
    }
    wire = null;
  }

  /** The server's answers go to another from now on. */
  final void handOver(ClientCall successor) {
    wire().handOver(id, successor);
    wire = null;
  }

  /** Whatever the server says from now on does not concern it. */
  private void leave() {
    state = State.OVER;
    parts.running().remove(this);
    if (wire != null) {
      wire.over(id);
      wire = null;
    }
  }

  /** Ends with this as its last value. */
  final void succeed(T value) {
    if (!isOver()) {
      leave();
      giveBack();
      outbox.offer(value);
      outbox.complete();
    }
  }

  final void complete() {
    if (!isOver()) {
      leave();
      giveBack();
      outbox.complete();
    }
  }

  final void fail(RuntimeException why) {
    if (!isOver()) {
      leave();
      giveBack();
      outbox.fail(why);
    }
  }

  /** Something other than its last frame, which it does not know. */
  static RuntimeException unexpected(FrameType type, ByteBuf body) {
    body.skipBytes(body.readableBytes());
    return new IllegalStateException("expected an answer, found a frame " + type);
  }
}
