package io.daxflux.reactive.outcome;

import io.daxflux.chunk.ChunkKey;

/** What stands at one position of a borrowed batch. */
public sealed interface BorrowOutcome permits BorrowedChunk, Hole {
  /** The position in the request, from 0. */
  int index();

  /** The chunk that was asked for. */
  ChunkKey key();
}
