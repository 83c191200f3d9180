package io.daxflux.reactive.session;

import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.StoreException;
import java.util.List;
import java.util.function.Function;
import reactor.core.CoreSubscriber;

/**
 * {@code commit} and {@code commitAll}: tells what became of the puts.
 *
 * @param <T> one outcome, or all of them
 */
final class OutcomeSession<T> extends CommitSession<T> {
  private final Function<List<PutOutcome>, T> answer;

  OutcomeSession(
      StoreLoop loop,
      CoreSubscriber<? super T> subscriber,
      List<LocalWriter> writers,
      Function<List<PutOutcome>, T> answer) {
    super(loop, subscriber, writers);
    this.answer = answer;
  }

  @Override
  void decided(List<PutOutcome> outcomes) {
    answer(answer.apply(outcomes));
  }

  /** Nothing is ever lent. */
  @Override
  void lend(List<ChunkRead> verified) {}

  @Override
  void refuse(StoreException cause) {
    List<PutOutcome> refused =
        writers().stream()
            .map(writer -> PutRefusal.outcomeOf(writer.place().key(), cause))
            .toList();
    outbox.offer(answer.apply(refused));
    outbox.complete();
  }
}
