package io.daxflux.restore;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Copies one region between the arena and a request's memory. Plain and synchronous; keeps nothing
 * between calls, so one copier serves all workers. Blocks its thread for as long as the copy takes.
 */
public interface RegionCopier {
  /**
   * Copies the region, slice by slice.
   *
   * @param region what to copy
   * @param arena the arena
   * @param memory the request's segments, as {@link Span#memory()} counts them
   * @param stopped looked at between slices; once true, the rest is left uncopied
   * @return what became of it; a memory fault is a result and never an exception
   */
  CopyResult copy(
      Region region, MemorySegment arena, List<MemorySegment> memory, BooleanSupplier stopped);

  /** The most that {@link #putAtOnce} is for: copied in some ten microseconds. */
  long AT_ONCE_BYTES = 256L << 10;

  /**
   * Copies a small part of a put into the arena, for threads that must not be held up. The caller
   * knows that the arena's pages are in memory.
   *
   * @param part no longer than {@link #AT_ONCE_BYTES}
   * @return false where this copier does not do that, or memory faulted: the arena's bytes are
   *     undefined then, and {@link #copy} tells whose fault it was
   */
  default boolean putAtOnce(MemorySegment part, MemorySegment arena, long arenaOffset) {
    return false;
  }
}
