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
final class ExpireSession extends Session<Boolean> {
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
      answer(false, null);
      return;
    }
    loop.expirer().look();
    if (change.isToBeRecorded()) {
      loop.journal().expire(change, failure -> answer(true, failure));
    } else {
      // What was noted a moment ago may still be on its way.
      loop.journal().whenOver(loop.journal().newest(), () -> answer(true, null));
    }
  }

  private void answer(boolean found, @Nullable Throwable failure) {
    if (!isRunning()) {
      return;
    }
    // Ended before it is told, so that whoever asks next no longer finds this one.
    finish();
    if (failure == null) {
      outbox.offer(found);
      outbox.complete();
    } else {
      outbox.fail(RecordFaultException.ofExpiry(key, failure));
    }
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
