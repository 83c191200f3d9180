package io.daxflux.reactive.session;

import java.util.function.Supplier;
import reactor.core.CoreSubscriber;

/**
 * A request that is answered at once: one look at the store, one value.
 *
 * @param <T> the answer
 */
final class QuerySession<T> extends AnswerSession<T> {
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
    answer(query.get());
  }
}
