package io.daxflux.reactive.session;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.outcome.NotStarted;
import io.daxflux.reactive.outcome.PutStart;
import io.daxflux.reactive.outcome.StoreException;
import io.daxflux.store.Reservation;
import io.daxflux.store.ReserveResult;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/** {@code startPut}: finds a place, waits until it may be used, and hands out its writer. */
final class StartSession extends Session<PutStart> {
  private final ChunkHead head;
  private final PutMode mode;
  private @Nullable PutPlace place;

  StartSession(
      StoreLoop loop, CoreSubscriber<? super PutStart> subscriber, ChunkHead head, PutMode mode) {
    super(loop, subscriber);
    this.head = head;
    this.mode = mode;
  }

  @Override
  void onBegin() {
    switch (loop.store().reserveUnclaimed(head, mode, 0)) {
      case ReserveResult.Reserved(Reservation reservation) -> {
        place = new PutPlace(loop, reservation);
        loop.journal().whenOver(reservation.usableAfter(), () -> guard(this::start));
      }
      case ReserveResult.Refusal refusal ->
          answer(new NotStarted(PutRefusal.outcomeOf(head.key(), refusal)));
      case ReserveResult.Busy(Reservation current) ->
          throw new IllegalStateException("expected no claim, found one by " + current.key());
    }
  }

  /** What lay there before can no longer be found. */
  private void start() {
    if (!isRunning()) {
      return;
    }
    place.requireSound();
    if (place.hasFailed()) {
      answer(new NotStarted(place.giveUp()));
    } else if (loop.isClosing()) {
      place.giveUp();
      answer(new NotStarted(PutRefusal.outcomeOf(head.key(), new ClosedException("closing"))));
    } else {
      LocalWriter writer = new LocalWriter(loop, head, mode, place);
      place = null;
      loop.writers().add(writer);
      answer(writer);
    }
  }

  private void answer(PutStart start) {
    finish();
    outbox.offer(start);
    outbox.complete();
  }

  @Override
  void onCancel() {
    giveUp();
    finish();
  }

  @Override
  void abort(Throwable cause) {
    giveUp();
    outbox.fail(cause);
    finish();
  }

  private void giveUp() {
    if (place != null && place.isOpen()) {
      place.giveUp();
    }
  }

  @Override
  void refuse(StoreException cause) {
    outbox.offer(new NotStarted(PutRefusal.outcomeOf(head.key(), cause)));
    outbox.complete();
  }
}
