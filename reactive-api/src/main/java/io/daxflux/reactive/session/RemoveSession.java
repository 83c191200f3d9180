package io.daxflux.reactive.session;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.RecordFaultException;
import java.util.List;
import java.util.function.IntFunction;
import reactor.core.CoreSubscriber;

/**
 * {@code remove} and {@code removeAll}: the chunks are gone at once, and the subscriber is told
 * when they would be after a crash, too.
 *
 * @param <T> the answer
 */
final class RemoveSession<T> extends AnswerSession<T> {
  private final List<ChunkKey> keys;
  private final IntFunction<T> answer;

  /**
   * @param answer what is told of how many there were
   */
  RemoveSession(
      StoreLoop loop,
      CoreSubscriber<? super T> subscriber,
      List<ChunkKey> keys,
      IntFunction<T> answer) {
    super(loop, subscriber);
    this.keys = keys;
    this.answer = answer;
  }

  @Override
  void onBegin() {
    int removed = 0;
    for (ChunkKey key : keys) {
      if (loop.store().remove(key)) {
        removed++;
      }
    }
    int found = removed;
    // Also where nothing was removed: what left a moment ago may still be on the device.
    loop.journal().whenOver(loop.journal().newest(), () -> tell(found));
  }

  private void tell(int removed) {
    if (!isRunning()) {
      return;
    }
    RecordFaultException stale = loop.journal().faultOfRemoval(keys);
    if (stale == null) {
      answer(answer.apply(removed));
    } else {
      abort(stale);
    }
  }
}
