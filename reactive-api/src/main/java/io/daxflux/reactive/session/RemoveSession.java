package io.daxflux.reactive.session;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.RecordFaultException;
import reactor.core.CoreSubscriber;

/**
 * {@code remove}: the chunk is gone at once, and its subscriber is told when it would be after a
 * crash, too.
 */
final class RemoveSession extends Session<Boolean> {
  private final ChunkKey key;

  RemoveSession(StoreLoop loop, CoreSubscriber<? super Boolean> subscriber, ChunkKey key) {
    super(loop, subscriber);
    this.key = key;
  }

  @Override
  void onBegin() {
    boolean removed = loop.store().remove(key);
    // Also where nothing was removed: what left a moment ago may still be on the device.
    loop.journal().whenOver(loop.journal().newest(), () -> answer(removed));
  }

  private void answer(boolean removed) {
    if (isRunning()) {
      // Ended before it is told, so that whoever asks next no longer finds this one.
      finish();
      Throwable stale = loop.journal().staleRecordOf(key);
      if (stale == null) {
        outbox.offer(removed);
        outbox.complete();
      } else {
        outbox.fail(RecordFaultException.ofRemoval(key, stale));
      }
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
