package io.daxflux.store;

import io.daxflux.chunk.ChunkKey;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The names of entries that went, with the blocks each had. Full, it forgets the one that went
 * first.
 */
final class GhostKeys {
  private final Map<ChunkKey, Long> blocksByKey = new LinkedHashMap<>();
  private final long limitBlocks;
  private long blocks;

  GhostKeys(long limitBlocks) {
    this.limitBlocks = limitBlocks;
  }

  /** Remembers a name, as the latest to go. */
  void add(ChunkKey key, long keyBlocks) {
    remove(key);
    blocksByKey.put(key, keyBlocks);
    blocks += keyBlocks;
    Iterator<Long> earliestFirst = blocksByKey.values().iterator();
    while (blocks > limitBlocks) {
      blocks -= earliestFirst.next();
      earliestFirst.remove();
    }
  }

  /** Forgets a name; whether it was there. */
  boolean remove(ChunkKey key) {
    Long keyBlocks = blocksByKey.remove(key);
    if (keyBlocks == null) {
      return false;
    }
    blocks -= keyBlocks;
    return true;
  }

  /** What the remembered entries had, in blocks. */
  long blocks() {
    return blocks;
  }

  /** How many names are remembered. */
  int size() {
    return blocksByKey.size();
  }
}
