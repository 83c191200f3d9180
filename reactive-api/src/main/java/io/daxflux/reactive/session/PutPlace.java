package io.daxflux.reactive.session;

import io.daxflux.checksum.SliceSums;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutOutcome.Failed.Cause;
import io.daxflux.store.PendingRecord;
import io.daxflux.store.Reservation;
import org.jspecify.annotations.Nullable;

/**
 * The place of one chunk that is being put, from its reservation until the chunk is visible or was
 * given up, and what went wrong meanwhile.
 *
 * <p>It ends exactly once, in {@link #commit} or {@link #giveUp}. Confined to the store's thread.
 */
final class PutPlace {
  private final StoreLoop loop;
  private final Reservation reservation;
  private @Nullable Cause failure;
  private String detail = "";
  private boolean open = true;

  /** Takes the reservation over. */
  PutPlace(StoreLoop loop, Reservation reservation) {
    this.loop = loop;
    this.reservation = reservation;
  }

  ChunkKey key() {
    return reservation.key();
  }

  Reservation reservation() {
    return reservation;
  }

  boolean isOpen() {
    return open;
  }

  /** The first failure is the one that is told. */
  void fail(Cause cause, String what) {
    if (failure == null) {
      failure = cause;
      detail = what;
    }
  }

  boolean hasFailed() {
    return failure != null;
  }

  /** Fails where a record that is valid and should not be lies here, or stands for what did. */
  void requireSound() {
    if (!loop.journal().isSound(reservation.payload())) {
      fail(Cause.ARENA_FAULT, "the record of what lay there before cannot be invalidated");
    } else if (!loop.journal().isSound(reservation.record())) {
      fail(Cause.RECORD_FAULT, "the record that lay there before cannot be invalidated");
    }
  }

  /**
   * Has the chunk, whose payload is there, written down where records are kept.
   *
   * @param onDone runs once when that is over, possibly at once; the place may have failed then
   */
  void writeDown(SliceSums sums, Runnable onDone) {
    PendingRecord pending = loop.store().written(reservation, sums);
    if (pending == null) {
      onDone.run();
      return;
    }
    loop.journal()
        .write(
            pending,
            refusal -> {
              if (refusal != null) {
                fail(Cause.RECORD_FAULT, refusal.toString());
              }
              onDone.run();
            });
  }

  /** Makes the chunk, which was written down, visible: from here on a cancel comes too late. */
  PutOutcome commit() {
    open = false;
    if (!loop.store().commit(reservation)) {
      return new PutOutcome.Withdrawn(key());
    }
    loop.expirer().look();
    return new PutOutcome.Stored(key(), reservation.bytes());
  }

  /**
   * Gives the place back. No worker is at it any more, and no record of it under way.
   *
   * @return why, where it has failed
   */
  PutOutcome giveUp() {
    open = false;
    switch (failure) {
      case ARENA_FAULT -> loop.store().abortCondemned(reservation);
      case RECORD_FAULT -> loop.store().abortUnrecorded(reservation);
      case null, default -> loop.store().abort(reservation);
    }
    return failure == null
        ? new PutOutcome.Withdrawn(key())
        : new PutOutcome.Failed(key(), failure, detail);
  }
}
