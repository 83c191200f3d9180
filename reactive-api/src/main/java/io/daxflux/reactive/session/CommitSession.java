package io.daxflux.reactive.session;

import io.daxflux.checksum.SliceSums;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.StoreException;
import io.daxflux.reactive.ring.Mailbox.Intake;
import io.daxflux.store.Reservation;
import io.daxflux.store.ReserveResult;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/**
 * {@code commit}: waits for the writer's parts, claims the key, has the chunk written down and
 * makes it visible. It gives something back, so it is not refused for want of room, and a store
 * that is closing lets it end.
 */
final class CommitSession extends Session<PutOutcome> {
  private final LocalWriter writer;

  /** It has ended the writer, and so answers for its place. */
  private volatile boolean taken;

  private boolean begun;
  private boolean recordUnderWay;
  private boolean stopped;
  private @Nullable Throwable failure;

  CommitSession(StoreLoop loop, CoreSubscriber<? super PutOutcome> subscriber, LocalWriter writer) {
    super(loop, subscriber);
    this.writer = writer;
  }

  @Override
  Intake publish() {
    ChunkKey key = writer.place().key();
    boolean first =
        writer.tryEnd(
            () -> new IllegalStateException("expected an open writer of " + key + ": committed"));
    if (first) {
      taken = true;
      writer.line().end(() -> loop.mailbox().giveBack(new Step(this::arrived)));
    } else {
      refuse(writer.whyEnded());
    }
    return Intake.ACCEPTED;
  }

  private void refuse(RuntimeException why) {
    if (why instanceof ClosedException closed) {
      refuse((StoreException) closed);
    } else {
      outbox.fail(why);
    }
  }

  @Override
  void refuse(StoreException cause) {
    outbox.offer(PutRefusal.outcomeOf(writer.place().key(), cause));
    outbox.complete();
  }

  @Override
  boolean endsWhatIsUnderWay() {
    return true;
  }

  /** The last part is out. */
  private void arrived() {
    begin();
    if (!begun) {
      // Cancelled before.
      giveUp();
    }
    loop.checkQuiet();
  }

  @Override
  void onBegin() {
    begun = true;
    writer.line().report(writer.place());
    long expected = writer.head().layout().bytes();
    long found = writer.line().copiedBytes();
    if (writer.place().hasFailed()) {
      answer(writer.giveUp());
    } else if (found < expected) {
      stop(
          new IllegalStateException(
              "commit of "
                  + writer.place().key()
                  + ": expected "
                  + expected
                  + " bytes, found "
                  + found));
    } else {
      claim();
    }
  }

  /** Its turn among the puts of its key, unless another one is still at it. */
  private void claim() {
    if (!isRunning()) {
      return;
    }
    ChunkKey key = writer.place().key();
    Reservation current = loop.store().claimOf(key);
    if (current != null) {
      current.onSettled(() -> guard(this::claim));
      return;
    }
    ReserveResult.Refusal refusal = loop.store().refusal(key, writer.mode());
    if (refusal != null) {
      writer.giveUp();
      answer(PutRefusal.outcomeOf(key, refusal));
      return;
    }
    loop.store().claim(writer.place().reservation());
    SliceSums sums = writer.line().sums();
    recordUnderWay = true;
    writer.place().writeDown(sums, () -> guard(this::writtenDown));
  }

  private void writtenDown() {
    recordUnderWay = false;
    if (stopped) {
      endEarly();
    } else {
      answer(writer.place().hasFailed() ? writer.giveUp() : writer.makeVisible());
    }
  }

  private void answer(PutOutcome outcome) {
    finish();
    outbox.offer(outcome);
    outbox.complete();
  }

  /** Parts that are not yet copied need not be any more. */
  @Override
  void abandon() {
    if (taken) {
      writer.line().stop();
    }
  }

  @Override
  void onCancel() {
    stop(null);
  }

  @Override
  void abort(Throwable cause) {
    stop(cause);
  }

  private void stop(@Nullable Throwable cause) {
    stopped = true;
    failure = failure == null ? cause : failure;
    if (!recordUnderWay) {
      endEarly();
    }
  }

  private void endEarly() {
    giveUp();
    finish();
    if (failure != null) {
      outbox.fail(failure);
    }
  }

  private void giveUp() {
    if (writer.place().isOpen()) {
      writer.giveUp();
    }
  }
}
