package io.daxflux.media;

import io.daxflux.chunk.ChunkKey;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which keys were seen, of a number known beforehand: a million of them in a fraction of a hash
 * set's time, which goes into nodes and misses of the cache. Keys that crowd around one place, by
 * somebody's will, go to an ordinary set, which is made for that.
 */
final class KeyTable {
  private static final int MOST_PROBES = 16;

  private final @Nullable ChunkKey[] slots;
  private final Set<ChunkKey> crowded = new HashSet<>();

  KeyTable(int mostKeys) {
    slots = new ChunkKey[Integer.highestOneBit(Math.max(1, mostKeys)) << 2];
  }

  /** Takes a key in; false where it is in already. */
  boolean add(ChunkKey key) {
    for (int probe = 0; probe < MOST_PROBES; probe++) {
      int slot = (key.hashCode() + probe) & (slots.length - 1);
      ChunkKey there = slots[slot];
      if (there == null) {
        slots[slot] = key;
        return true;
      }
      if (there.equals(key)) {
        return false;
      }
    }
    return crowded.add(key);
  }
}
