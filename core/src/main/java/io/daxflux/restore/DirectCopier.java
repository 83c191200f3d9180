package io.daxflux.restore;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Copies straight between the arena and the request's memory, in slices of 3 to 6 MiB. The memory
 * may be on the heap.
 *
 * <p>After a memory fault the bytes of the faulted chunks are undefined, on the side that is
 * written.
 */
public final class DirectCopier implements RegionCopier {
  private final Direction direction;

  private DirectCopier(Direction direction) {
    this.direction = direction;
  }

  /** A copier from the arena to memory. */
  public static DirectCopier forRestores() {
    return new DirectCopier(Direction.RESTORE);
  }

  /**
   * A copier from memory to the arena. The region's bytes of the arena must belong to the put
   * alone: where the copy of a part faults, they may be overwritten with zeros to learn whether the
   * arena was at fault.
   */
  public static DirectCopier forPuts() {
    return new DirectCopier(Direction.PUT);
  }

  @Override
  public CopyResult copy(
      Region region, MemorySegment arena, List<MemorySegment> memory, BooleanSupplier stopped) {
    return new RegionCopy(region, arena, memory, direction, direction, Slices.MOST_BYTES)
        .run(stopped);
  }
}
