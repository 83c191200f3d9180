package io.daxflux.reactive.outcome;

import io.daxflux.chunk.ChunkKey;

/** What stands at one position of a restore into the caller's own memory. */
public sealed interface IntoOutcome permits Filled, Hole {
  /** The position in the request, from 0. */
  int index();

  /** The chunk that was asked for. */
  ChunkKey key();
}
