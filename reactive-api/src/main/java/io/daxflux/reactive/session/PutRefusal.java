package io.daxflux.reactive.session;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.BusyException;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.StoreException;
import io.daxflux.store.ReserveResult;

/** What a put that was refused is told. */
final class PutRefusal {
  private PutRefusal() {}

  /** The store has no place for it. */
  static PutOutcome outcomeOf(ChunkKey key, ReserveResult.Refusal refusal) {
    return switch (refusal) {
      case ReserveResult.Present() -> new PutOutcome.AlreadyPresent(key);
      case ReserveResult.Absent() -> new PutOutcome.Absent(key);
      case ReserveResult.NoSpace(long asked, long free, long largestRun) ->
          new PutOutcome.NoSpace(key, asked, free, largestRun);
      case ReserveResult.TooLarge(long bytes, long limit) ->
          new PutOutcome.TooLarge(key, bytes, limit);
    };
  }

  /** The request was not taken in. */
  static PutOutcome outcomeOf(ChunkKey key, StoreException cause) {
    return new PutOutcome.Refused(
        key,
        cause instanceof BusyException
            ? PutOutcome.Refused.Reason.BUSY
            : PutOutcome.Refused.Reason.CLOSING);
  }
}
