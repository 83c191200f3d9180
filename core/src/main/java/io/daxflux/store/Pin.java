package io.daxflux.store;

import io.daxflux.chunk.ChunkKey;

/**
 * A guarantee that one chunk is not evicted. It guards the chunk that was pinned and no later one
 * of the same key, and not against the owner's own {@link ChunkStore#remove}.
 *
 * <p>Owned by its holder, which gives it back exactly once to {@link ChunkStore#unpin}.
 */
public final class Pin {
  final Entry entry;
  private final ChunkKey key;
  boolean open = true;

  Pin(Entry entry, ChunkKey key) {
    this.entry = entry;
    this.key = key;
  }

  /** The chunk's name. */
  public ChunkKey key() {
    return key;
  }
}
