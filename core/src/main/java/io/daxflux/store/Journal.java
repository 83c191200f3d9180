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
  Journal NONE = (key, recordUnit, record, payload) -> 0;

  /**
   * Has a record invalidated, after everything that was written down before.
   *
   * @param key the chunk's name
   * @param recordUnit the first unit of its record
   * @param record all of its record's units
   * @param payload all of its payload's blocks; in the record where that holds the payload
   * @return the number of this event; numbers grow, and events end in their order
   */
  long invalidate(ChunkKey key, long recordUnit, Place record, Place payload);
}
