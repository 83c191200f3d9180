package io.daxflux.reactive.session;

import java.util.function.Supplier;
import reactor.core.CoreSubscriber;

/**
 * A request that is answered at once: one look at the store, one value.
 *
 * @param <T> the answer
 */
final class QuerySession<T> extends Session<T> {
  private final Supplier<T> query;

  /**
   * @param query runs on the store's thread
   */
  QuerySession(StoreLoop loop, CoreSubscriber<? super T> subscriber, Supplier<T> query) {
    super(loop, subscriber);
    this.query = query;
  }

  @Override
  void onBegin() {
    T answer = query.get();
    // Ended before it is told, so that whoever asks next no longer finds this one.
    finish();
    outbox.offer(answer);
    outbox.complete();
  }

  @Override
  void onCancel() {
    finish();
  }

  @Override
  void abort(Throwable cause) {
    outbox.fail(cause);
    finish();
  }
}
