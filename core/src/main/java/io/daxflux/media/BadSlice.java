package io.daxflux.media;

import io.daxflux.chunk.ChunkKey;

/**
 * A slice of a payload that is not sound.
 *
 * @param key of the chunk
 * @param unit the first unit of its record
 * @param slice which slice of its payload
 * @param offset where that begins on the device
 * @param bytes how long it is
 * @param readable whether it can be read, and is other than its checksum says; false where its
 *     memory faults
 */
public record BadSlice(
    ChunkKey key, long unit, int slice, long offset, long bytes, boolean readable) {
  String line() {
    return "%s: slice %d, %d bytes from byte %d on: %s; its record is at unit %d"
        .formatted(key, slice, bytes, offset, readable ? "wrong checksum" : "memory fault", unit);
  }
}
