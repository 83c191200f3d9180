package io.daxflux.reactive.session;

import reactor.core.CoreSubscriber;

/**
 * A request that is told one answer and holds nothing until then: who cancels it has nothing to
 * wait for.
 *
 * @param <T> the answer
 */
abstract class AnswerSession<T> extends Session<T> {
  AnswerSession(StoreLoop loop, CoreSubscriber<? super T> subscriber) {
    super(loop, subscriber);
  }

  /**
   * Ends with this. Ended before it is told, so that whoever asks next no longer finds this one.
   */
  final void answer(T value) {
    finish();
    outbox.offer(value);
    outbox.complete();
  }

  @Override
  final void abort(Throwable cause) {
    finish();
    outbox.fail(cause);
  }

  @Override
  final void onCancel() {
    finish();
  }
}
