package io.daxflux.reactive.outcome;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkLayout;
import java.lang.foreign.MemorySegment;

/**
 * A chunk, copied out of the arena into output memory, outside the heap. It starts at a multiple of
 * {@code dax.block_size} there.
 *
 * <h2>Ownership</h2>
 *
 * Whoever receives it owns it and closes it, once done, on any thread; the memory then serves other
 * restores. {@link #close()} may be called again to no effect. To keep a chunk in two places,
 * {@link #share()} it: each handle is closed by its own owner, and the last one gives the memory
 * back. A segment must not be used after its handle was closed: nothing stops such a use, and the
 * bytes may by then be another chunk's. After the store was closed, using it throws {@link
 * IllegalStateException}.
 *
 * <p>A chunk that is on its way through operators when the subscriber cancels is discarded by them:
 * put {@code doOnDiscard(RestoredChunk.class, RestoredChunk::close)} behind operators that queue.
 *
 * <p>Safe to hand between threads.
 */
public non-sealed interface RestoredChunk extends RestoreOutcome, PrefixEvent, AutoCloseable {
  /** What the bytes mean. */
  ChunkLayout layout();

  /** The opaque bytes that were put with the chunk. */
  Attributes attributes();

  /**
   * The chunk's bytes, the owner's to read and write.
   *
   * @throws IllegalStateException once this handle is closed
   */
  MemorySegment segment();

  /**
   * The bytes of one of its tensors.
   *
   * @param tensor which, in the order of the layout, from 0
   * @throws IndexOutOfBoundsException where the layout has no such tensor
   * @throws IllegalStateException once this handle is closed
   */
  default MemorySegment tensor(int tensor) {
    return segment().asSlice(layout().offsetOf(tensor), layout().tensors().get(tensor).bytes());
  }

  /**
   * A second handle to the same bytes, to be closed by its own owner.
   *
   * @throws IllegalStateException once this handle is closed
   */
  RestoredChunk share();

  /** Gives this handle up; the last one gives the memory back. Never blocks. */
  @Override
  void close();
}
