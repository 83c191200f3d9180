package io.daxflux.store;

import io.daxflux.chunk.ChunkKey;

/**
 * A chunk expires at another time than before.
 *
 * @param key the chunk's name
 * @param recordUnit the first unit of the record that is to say so; {@link #NONE} where none is
 * @param expiresAtMs milliseconds of the epoch; 0 for never
 */
public record ExpiryChange(ChunkKey key, long recordUnit, long expiresAtMs) {
  /** In place of a unit: nothing is to be changed on the device. */
  public static final long NONE = -1;

  /** Whether a record is to be changed. */
  public boolean isToBeRecorded() {
    return recordUnit != NONE;
  }
}
