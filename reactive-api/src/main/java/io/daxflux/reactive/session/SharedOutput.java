package io.daxflux.reactive.session;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import java.lang.foreign.MemorySegment;

/**
 * The output memory of one restored chunk, shared by the {@link OutputView}s that show it. The last
 * of them to be closed gives it back. Any thread.
 */
public interface SharedOutput {
  /** The chunk's position among those that were asked for. */
  int index();

  /** The chunk's key. */
  ChunkKey key();

  /** The chunk's layout. */
  ChunkLayout layout();

  /** What travels beside it. */
  Attributes attributes();

  /** The chunk's bytes. */
  MemorySegment segment();

  /** One more shows it. */
  void retain();

  /** One of those has closed. */
  void release();
}
