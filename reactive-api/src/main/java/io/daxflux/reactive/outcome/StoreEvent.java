package io.daxflux.reactive.outcome;

import io.daxflux.chunk.ChunkKey;

/** Something that happened to a chunk that could be read, or can be from now on. */
public sealed interface StoreEvent {
  /** The chunk's name. */
  ChunkKey key();

  /** The length of the chunk's payload. */
  long bytes();

  /** It became readable. */
  record Stored(ChunkKey key, long bytes) implements StoreEvent {}

  /** It made room for another. */
  record Evicted(ChunkKey key, long bytes) implements StoreEvent {}

  /** It was removed, or replaced by a newer one. */
  record Removed(ChunkKey key, long bytes) implements StoreEvent {}

  /** Its time was over. */
  record Expired(ChunkKey key, long bytes) implements StoreEvent {}

  /** Its memory faulted; its extent is out of use. */
  record Quarantined(ChunkKey key, long bytes) implements StoreEvent {}

  /**
   * Its bytes were no longer those that were put; it is gone, and its extent is out of use until
   * the store is opened again.
   */
  record Corrupted(ChunkKey key, long bytes) implements StoreEvent {}
}
