package io.daxflux.reactive.session;

import io.daxflux.reactive.outcome.Hole;

/** What became of one key of a positional request. */
sealed interface Position {
  /** Its bytes are there. */
  record Read(ChunkRead read) implements Position {}

  /** It was not served. */
  record Missed(Hole hole) implements Position {}
}
