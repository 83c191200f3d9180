package io.daxflux.reactive.outcome;

import java.util.List;

/**
 * A prefix, read where it lies: no copy, no output memory. While it is borrowed its chunks are
 * neither evicted nor reused, so hold it briefly.
 *
 * <h2>Ownership</h2>
 *
 * The receiver closes it, on any thread. From then on every use of its segments throws {@link
 * IllegalStateException}. Until then any thread may read them. Where the store is closed first, it
 * waits {@code dax.close_grace} for the receiver and then closes the segments itself.
 *
 * <h2>Faults</h2>
 *
 * The segments lie over the device itself. If its memory fails, or its file is truncated, {@code
 * MemorySegment.get} and {@code copy} throw {@link InternalError}, from compiled code possibly some
 * statements later (see {@link io.daxflux.device.Faults}); anything else that reads them (native
 * code, {@code mismatch}, checksums, socket writes) takes the process down.
 */
public interface BorrowedPrefix extends AutoCloseable {
  /** The chunks, consecutive from the first key; empty where the first key is a miss. */
  List<BorrowedChunk> chunks();

  /**
   * Gives the prefix back. Never blocks; further calls do nothing.
   *
   * @throws IllegalStateException while native code is using one of its segments; nothing is given
   *     back then, and the call can be repeated
   */
  @Override
  void close();
}
