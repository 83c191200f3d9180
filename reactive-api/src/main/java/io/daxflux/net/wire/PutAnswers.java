package io.daxflux.net.wire;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.BusyException;
import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutOutcome.Failed;
import io.daxflux.reactive.outcome.PutOutcome.Refused;
import org.jspecify.annotations.Nullable;

/** What becomes of puts that the server does not decide. */
final class PutAnswers {
  private PutAnswers() {}

  /** The refusal that stands for an error; null where it is one. */
  static @Nullable PutOutcome insteadOf(RuntimeException why, ChunkKey key) {
    return switch (why) {
      case BusyException _ -> new Refused(key, Refused.Reason.BUSY);
      case ClosedException _ -> new Refused(key, Refused.Reason.CLOSING);
      default -> null;
    };
  }

  static PutOutcome payloadFault(ChunkKey key) {
    return new Failed(
        key,
        Failed.Cause.PAYLOAD_FAULT,
        "the payload's memory faulted or was closed while it was read");
  }
}
