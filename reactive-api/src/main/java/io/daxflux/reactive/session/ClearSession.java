package io.daxflux.reactive.session;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.RecordFaultException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/**
 * {@code clear}: walks round all chunks and removes them, some at a time. Others have their turns
 * in between, and the next ones are not touched before the records of those are invalid.
 */
final class ClearSession extends AnswerSession<Long> {
  private static final int MOST_AT_ONCE = 1_000;

  private final Step more = new Step(() -> guard(this::removeSome));
  private long cursor;
  private long removed;
  private @Nullable RecordFaultException fault;

  ClearSession(StoreLoop loop, CoreSubscriber<? super Long> subscriber) {
    super(loop, subscriber);
  }

  @Override
  void onBegin() {
    removeSome();
  }

  private void removeSome() {
    if (!isRunning()) {
      return;
    }
    List<ChunkKey> keys = new ArrayList<>();
    cursor = loop.store().catalogue().scan(cursor, MOST_AT_ONCE, keys::add);
    for (ChunkKey key : keys) {
      if (loop.store().remove(key)) {
        removed++;
      }
    }
    loop.journal().whenOver(loop.journal().newest(), () -> goOn(keys));
  }

  private void goOn(List<ChunkKey> gone) {
    if (!isRunning()) {
      return;
    }
    if (fault == null) {
      fault = loop.journal().faultOfRemoval(gone);
    }
    if (cursor != 0) {
      loop.mailbox().giveBack(more);
      return;
    }
    if (fault == null) {
      answer(removed);
    } else {
      abort(fault);
    }
  }
}
