package io.daxflux.perf.peer;

import io.daxflux.chunk.ChunkKey;
import java.lang.foreign.MemorySegment;

/** A store of values by key. From any thread. */
public interface Peer extends AutoCloseable {
  /** What it is called in tables. */
  String name();

  /** Stores a value, in place of an older one. */
  void put(ChunkKey key, MemorySegment value);

  /** Brings a value to this memory, which is just as long. */
  void get(ChunkKey key, MemorySegment output);

  /** Forgets everything, where that is better done before it is all put again. */
  default void clear() {}

  @Override
  void close();
}
