package io.daxflux.reactive.session;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.BorrowedBatch;
import io.daxflux.reactive.outcome.Hole;
import io.daxflux.reactive.outcome.MissReason;
import io.daxflux.store.Lease;
import java.util.ArrayList;
import java.util.List;
import reactor.core.CoreSubscriber;

/** {@code borrowAll}: lends every hit at its position. */
final class BorrowAllSession extends LendSession<BorrowedBatch> {
  private final List<ChunkKey> keys;
  private final List<Hole> holes = new ArrayList<>();

  BorrowAllSession(
      StoreLoop loop, CoreSubscriber<? super BorrowedBatch> subscriber, List<ChunkKey> keys) {
    super(loop, subscriber, keys.size());
    this.keys = keys;
  }

  @Override
  void onBegin() {
    for (int i = 0; i < keys.size(); i++) {
      ChunkKey key = keys.get(i);
      Lease lease = loop.retrieves() ? loop.store().lease(key) : null;
      if (lease != null) {
        add(loop.reader().begin(i, lease));
      } else {
        MissReason reason =
            loop.retrieves() ? loop.reader().missReason(key) : MissReason.RETRIEVAL_OFF;
        holes.add(new Hole(i, key, reason));
      }
    }
    verify();
  }

  @Override
  void lend(List<ChunkRead> verified) {
    BorrowedBatch batch = lendBatch(verified, holes);
    // Ended before it is told, so that whoever asks next no longer finds this one.
    finish();
    outbox.offer(batch);
    outbox.complete();
  }
}
