package io.daxflux.reactive.crash;

import io.daxflux.chunk.ChunkKey;
import java.util.ArrayList;
import java.util.List;

/**
 * All keys that a kill test ever uses. Each belongs to one of the writers, so that the changes of a
 * key have an order.
 */
final class Universe {
  static final int WRITERS = 4;

  private static final int INLINE = 60;
  private static final int BLOCK = 40;
  private static final int BLOCKS = 20;

  private Universe() {}

  /** The keys of one writer, of which one has chunks of several slices. */
  static List<ChunkKey> of(int writer) {
    List<ChunkKey> keys = new ArrayList<>();
    add(keys, VersionedChunks.INLINE, INLINE, writer);
    add(keys, VersionedChunks.BLOCK, BLOCK, writer);
    add(keys, VersionedChunks.BLOCKS, BLOCKS, writer);
    add(keys, VersionedChunks.SLICES, 1, writer);
    return List.copyOf(keys);
  }

  static List<ChunkKey> all() {
    List<ChunkKey> keys = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      keys.addAll(of(writer));
    }
    return List.copyOf(keys);
  }

  private static void add(List<ChunkKey> keys, char kind, int count, int writer) {
    for (int i = 0; i < count; i++) {
      keys.add(ChunkKey.of(kind + "-" + writer + "-" + i));
    }
  }
}
