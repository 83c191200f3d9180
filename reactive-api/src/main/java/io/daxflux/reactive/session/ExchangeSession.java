package io.daxflux.reactive.session;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.Hole;
import io.daxflux.reactive.outcome.MissReason;
import io.daxflux.reactive.outcome.PutExchange;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.StoreException;
import io.daxflux.store.Lease;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/** {@code exchange}: commits, and lends what was there in the moment that decided. */
final class ExchangeSession extends CommitSession<PutExchange> {
  private final ChunkKey key;
  private final List<Hole> holes = new ArrayList<>(1);
  private @Nullable PutOutcome outcome;

  ExchangeSession(
      StoreLoop loop, CoreSubscriber<? super PutExchange> subscriber, LocalWriter writer) {
    super(loop, subscriber, List.of(writer));
    this.key = writer.place().key();
  }

  @Override
  void beforeDecision() {
    Lease lease = loop.retrieves() ? loop.store().lease(key) : null;
    if (lease != null) {
      add(loop.reader().begin(0, lease));
    } else {
      MissReason reason =
          loop.retrieves() ? loop.reader().missReason(key) : MissReason.RETRIEVAL_OFF;
      holes.add(new Hole(0, key, reason));
    }
  }

  @Override
  void decided(List<PutOutcome> outcomes) {
    outcome = outcomes.getFirst();
    verify();
  }

  @Override
  void lend(List<ChunkRead> verified) {
    answer(new PutExchange(outcome, lendBatch(verified, holes)));
  }

  @Override
  void refuse(StoreException cause) {
    outbox.fail(cause);
  }
}
