package io.daxflux.reactive.session;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.StoreException;
import io.daxflux.reactive.ring.Mailbox.Intake;
import io.daxflux.store.Reservation;
import io.daxflux.store.ReserveResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/**
 * The end of writers: waits for their parts, claims their keys, has the chunks written down and
 * makes them visible, all in one step or none. It gives something back, so it is not refused for
 * want of room, and a store that is closing lets it end.
 *
 * <p>Keys are claimed all at once: while one of them is claimed by another put, none is held, and
 * so two of these never wait for each other.
 *
 * @param <T> what it delivers
 */
abstract class CommitSession<T> extends LendSession<T> {
  private final List<LocalWriter> writers;

  /** It has ended the writers, and so answers for their places. */
  private volatile boolean taken;

  private boolean begun;

  /** Lines that have not ended, and later records that are not written down. */
  private int awaited;

  CommitSession(StoreLoop loop, CoreSubscriber<? super T> subscriber, List<LocalWriter> writers) {
    super(loop, subscriber, 1);
    this.writers = writers;
    this.awaited = writers.size();
  }

  final List<LocalWriter> writers() {
    return writers;
  }

  // --- Until the last part is out

  @Override
  final Intake publish() {
    LocalWriter late = null;
    List<LocalWriter> open = new ArrayList<>(writers.size());
    for (LocalWriter writer : writers) {
      if (writer.tryCommit()) {
        open.add(writer);
      } else if (late == null) {
        late = writer;
      }
    }
    if (late == null) {
      taken = true;
      writers.forEach(
          writer -> writer.line().end(() -> loop.mailbox().giveBack(new Step(this::arrived))));
    } else {
      open.forEach(LocalWriter::abandon);
      tooLate(late.whyEnded());
    }
    return Intake.ACCEPTED;
  }

  private void tooLate(RuntimeException why) {
    if (why instanceof ClosedException closed) {
      refuse(closed);
    } else {
      outbox.fail(why);
    }
  }

  /** Parts that are not yet copied need not be any more. */
  @Override
  final void abandon() {
    if (taken) {
      writers.forEach(writer -> writer.line().stop());
    }
  }

  @Override
  final boolean endsWhatIsUnderWay() {
    return true;
  }

  private void arrived() {
    if (--awaited > 0) {
      return;
    }
    begin();
    if (!begun) {
      // Cancelled before.
      writers.forEach(LocalWriter::giveUp);
    }
    loop.checkQuiet();
  }

  // --- On the store's thread

  @Override
  final void onBegin() {
    begun = true;
    for (LocalWriter writer : writers) {
      writer.line().report(writer.place());
      if (!writer.place().hasFailed() && writer.missingBytes() > 0) {
        stop(writer.incomplete());
        return;
      }
    }
    if (hasFailed()) {
      decide(this::giveUp);
    } else {
      claim();
    }
  }

  /** Their turn among the puts of their keys, unless others are still at one of them. */
  private void claim() {
    if (!isRunning() || isStopped()) {
      return;
    }
    for (LocalWriter writer : writers) {
      Reservation current = loop.store().claimOf(writer.place().key());
      if (current != null) {
        current.onSettled(() -> guard(this::claim));
        return;
      }
    }
    for (LocalWriter writer : writers) {
      if (refusalOf(writer) != null) {
        decide(this::giveUp);
        return;
      }
    }
    awaited = writers.size();
    for (LocalWriter writer : writers) {
      writer.place().reservation().expireAt(writer.expiresAtMs());
      loop.store().claim(writer.place().reservation());
      workOut();
    }
    for (LocalWriter writer : writers) {
      writer.place().writeDown(writer.line().sums(), () -> workBack(this::writtenDown));
    }
  }

  private ReserveResult.@Nullable Refusal refusalOf(LocalWriter writer) {
    return loop.store().refusal(writer.place().key(), writer.mode());
  }

  private boolean hasFailed() {
    return writers.stream().anyMatch(writer -> writer.place().hasFailed());
  }

  private void writtenDown() {
    if (--awaited > 0 || isStopped()) {
      return;
    }
    decide(hasFailed() ? this::giveUp : LocalWriter::makeVisible);
  }

  private void decide(Function<LocalWriter, PutOutcome> end) {
    beforeDecision();
    decided(writers.stream().map(end).toList());
  }

  /** The put is given up, for what is its own fault or another's. */
  private PutOutcome giveUp(LocalWriter writer) {
    ReserveResult.Refusal refusal = refusalOf(writer);
    PutOutcome failure = writer.giveUp();
    if (failure instanceof PutOutcome.Failed) {
      return failure;
    }
    ChunkKey key = writer.place().key();
    return refusal == null ? new PutOutcome.HeldBack(key) : PutRefusal.outcomeOf(key, refusal);
  }

  /** The put is about to be decided: what is there now is what was there before it. */
  void beforeDecision() {}

  /** It has come to its end. */
  abstract void decided(List<PutOutcome> outcomes);

  final void answer(T value) {
    finish();
    outbox.offer(value);
    outbox.complete();
  }

  @Override
  final void giveBackAll() {
    super.giveBackAll();
    writers.stream().filter(writer -> writer.place().isOpen()).forEach(LocalWriter::giveUp);
  }

  /** The store had ended the writers: what is told of that. */
  @Override
  abstract void refuse(StoreException cause);
}
