package io.daxflux.store;

import io.daxflux.chunk.ChunkKey;

/**
 * Where a store's chunks are written down so that they outlive the process. The store says which
 * records are no longer true; what is laid into their place may only be written once they are
 * invalid on the device, or a crash in between would find a valid record over other bytes.
 *
 * <p>Called on the store's thread; nothing here blocks.
 */
public interface Journal {
  /** For a store whose chunks are gone with the process. */
  Journal NONE = (key, recordUnit, arenaOffset, bytes) -> 0;

  /**
   * Has a record invalidated, after everything that was written down before.
   *
   * @param key the chunk's name
   * @param recordUnit where its record lies
   * @param arenaOffset where the place of its payload starts
   * @param bytes the length of that place
   * @return the number of this event; numbers grow, and events end in their order
   */
  long invalidate(ChunkKey key, long recordUnit, long arenaOffset, long bytes);
}
