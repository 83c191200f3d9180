package io.daxflux.net.serve;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** One request of a connection: what is to be done, and its place in the order of replies. */
final class Turn implements CoreSubscriber<Answer> {
  final boolean alone;
  private final Turns turns;
  private final Mono<Answer> work;
  private volatile @Nullable Subscription subscription;
  private volatile boolean cancelled;
  private boolean told;

  /** Null until it is carried out. On the event loop. */
  @Nullable Reply reply;

  Turn(Turns turns, Mono<Answer> work, boolean alone) {
    this.turns = turns;
    this.work = work;
    this.alone = alone;
  }

  void start() {
    work.subscribe(this);
  }

  /** Nobody waits for it any more. What it brings all the same is discarded. */
  void cancel() {
    cancelled = true;
    Subscription current = subscription;
    if (current != null) {
      current.cancel();
    }
  }

  @Override
  public Context currentContext() {
    return turns.delivery();
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
    if (cancelled) {
      given.cancel();
    } else {
      given.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(Answer result) {
    tell(result, null);
  }

  @Override
  public void onError(Throwable failure) {
    tell(Answer.none(), failure);
  }

  @Override
  public void onComplete() {
    tell(Answer.none(), null);
  }

  private void tell(Answer result, @Nullable Throwable failure) {
    if (told) {
      result.discard();
    } else {
      told = true;
      turns.onResult(this, result, failure);
    }
  }
}
