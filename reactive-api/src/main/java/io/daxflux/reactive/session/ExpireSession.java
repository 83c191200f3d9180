package io.daxflux.reactive.session;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.RecordFaultException;
import io.daxflux.store.ExpiryChange;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/**
 * {@code expire}: the new time holds at once, and its subscriber is told when it would after a
 * crash, too.
 */
final class ExpireSession extends AnswerSession<Boolean> {
  private final ChunkKey key;
  private final long expiresAtMs;

  ExpireSession(
      StoreLoop loop, CoreSubscriber<? super Boolean> subscriber, ChunkKey key, long expiresAtMs) {
    super(loop, subscriber);
    this.key = key;
    this.expiresAtMs = expiresAtMs;
  }

  @Override
  void onBegin() {
    ExpiryChange change = loop.store().catalogue().expire(key, expiresAtMs);
    if (change == null) {
      answer(false);
      return;
    }
    loop.expirer().look();
    if (change.isToBeRecorded()) {
      loop.journal().expire(change, this::recorded);
    } else {
      // What was noted a moment ago may still be on its way.
      loop.journal().whenOver(loop.journal().newest(), () -> recorded(null));
    }
  }

  private void recorded(@Nullable Throwable failure) {
    if (!isRunning()) {
      return;
    }
    if (failure == null) {
      answer(true);
    } else {
      abort(RecordFaultException.ofExpiry(key, failure));
    }
  }
}
