package io.daxflux.net.serve;

import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutOutcome.Failed;
import io.daxflux.reactive.outcome.PutOutcome.HeldBack;
import io.daxflux.reactive.outcome.PutOutcome.NoSpace;
import io.daxflux.reactive.outcome.PutOutcome.Refused;
import io.daxflux.reactive.outcome.PutOutcome.TooLarge;

/** Why a put came to nothing, in words for clients and the log: without the key, or any bytes. */
public final class Refusals {
  private Refusals() {}

  /** In one line. */
  public static String describe(PutOutcome outcome) {
    return switch (outcome) {
      case NoSpace(_, long asked, long free, long run) ->
          "no room for " + asked + " bytes: " + free + " free, at most " + run + " in a row";
      case TooLarge(_, long bytes, long limit) ->
          "no room for " + bytes + " bytes, ever: the store has " + limit;
      case Refused(_, Refused.Reason reason) ->
          switch (reason) {
            case BUSY -> "the store takes in no more requests at the moment";
            case CLOSING -> "the store is closing";
          };
      case HeldBack _ -> "another value could not be stored";
      case Failed(_, Failed.Cause cause, _) -> cause.toString();
      default -> outcome.getClass().getSimpleName();
    };
  }
}
