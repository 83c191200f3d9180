package io.daxflux.reactive.outcome;

import io.daxflux.chunk.ChunkKey;
import java.util.List;

/**
 * A prefix that will not be evicted until this is closed. It guards the chunks that were there when
 * it was taken, and no later ones of the same keys; it does not stop their owner from removing
 * them. Pins end with the store. Owned by its receiver, who closes it, on any thread.
 */
public interface PinnedPrefix extends AutoCloseable {
  /** The pinned keys, consecutive from the first; empty where the first key is a miss. */
  List<ChunkKey> keys();

  /** Unpins. Never blocks; further calls do nothing. */
  @Override
  void close();
}
