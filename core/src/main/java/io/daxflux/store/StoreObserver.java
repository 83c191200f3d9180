package io.daxflux.store;

import io.daxflux.chunk.ChunkKey;

/** Is told what happened to chunks, on the store's thread; must neither block nor call back. */
public interface StoreObserver {
  /** Tells nobody. */
  StoreObserver NONE = new StoreObserver() {};

  /** A chunk became readable. */
  default void stored(ChunkKey key, long bytes) {}

  /** A chunk made room for another. */
  default void evicted(ChunkKey key, long bytes) {}

  /** A chunk was removed or replaced by its owner. */
  default void removed(ChunkKey key, long bytes) {}

  /** A chunk's time was over. */
  default void expired(ChunkKey key, long bytes) {}

  /** A readable chunk was lost because its memory faulted; its extent is out of use. */
  default void quarantined(ChunkKey key, long bytes) {}

  /** A readable chunk was lost because its bytes had changed; its extent is out of use. */
  default void corrupted(ChunkKey key, long bytes) {}
}
