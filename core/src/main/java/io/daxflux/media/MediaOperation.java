package io.daxflux.media;

import io.daxflux.chunk.ChunkKey;

/** One change of a device's records. */
public sealed interface MediaOperation {
  /** The chunk it is about. */
  ChunkKey key();

  /** Where the record starts, in units. */
  long unit();

  /**
   * A chunk whose payload is in its place is written down.
   *
   * @param payloadOffset where that place starts on the device
   */
  record Write(long unit, ChunkRecord record, long payloadOffset) implements MediaOperation {
    @Override
    public ChunkKey key() {
      return record.key();
    }
  }

  /**
   * A chunk expires at another time than its record says.
   *
   * @param expiresAtMs milliseconds of the epoch; 0 for never
   */
  record Expire(ChunkKey key, long unit, long expiresAtMs) implements MediaOperation {}

  /** A record is no longer true. */
  record Invalidate(ChunkKey key, long unit) implements MediaOperation {}
}
