package io.daxflux.reactive.session;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.Chunks;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;

/**
 * One version of a key: its bytes follow from both, so that bytes of another key, or stale ones of
 * this key, are recognised.
 */
record Written(ChunkKey key, int version, int length) {
  private byte[] bytes() {
    byte[] bytes = new byte[length];
    new Random(key.hashCode() * 31L + version).nextBytes(bytes);
    return bytes;
  }

  Chunk chunk() {
    return Chunk.blob(key, bytes());
  }

  boolean isIn(byte[] found) {
    return Arrays.equals(found, bytes());
  }

  /** Fails unless these are its bytes. */
  void assertIn(MemorySegment found) {
    Chunks.assertSame(found.asSlice(0, length), bytes());
  }
}
