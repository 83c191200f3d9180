package io.daxflux.perf.peer;

import io.daxflux.chunk.ChunkKey;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A store of values by key. From any thread. */
public interface Peer extends AutoCloseable {
  /** What it is called in tables. */
  String name();

  /** Stores a value, in place of an older one. */
  void put(ChunkKey key, MemorySegment value);

  /** Brings a value to this memory, which is just as long. */
  void get(ChunkKey key, MemorySegment output);

  /** Whether it has a way to serve many at once, which may be faster than one after the other. */
  default boolean hasBatches() {
    return false;
  }

  /** Stores all of them, in a batch where it has such. */
  default void putAll(List<ChunkKey> keys, List<MemorySegment> values) {
    for (int i = 0; i < keys.size(); i++) {
      put(keys.get(i), values.get(i));
    }
  }

  /** Brings all of them, in a batch where it has such. */
  default void getAll(List<ChunkKey> keys, List<MemorySegment> outputs) {
    for (int i = 0; i < keys.size(); i++) {
      get(keys.get(i), outputs.get(i));
    }
  }

  /** How many threads a document that is put by batches is shared among, of so many. */
  default int batchWriters(int threads) {
    return threads;
  }

  /** Brings what was put to where it stays, and ends what goes on in the background. */
  default void settle() {}

  /** Forgets everything, where that is better done before it is all put again. */
  default void clear() {}

  @Override
  void close();
}
