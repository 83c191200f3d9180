package io.daxflux.restore;

import io.daxflux.device.Faults;
import io.daxflux.device.NativeCopy;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Copies straight between the arena and the request's memory, in slices of 3 to 6 MiB. The memory
 * may be on the heap.
 *
 * <p>After a memory fault the bytes of the faulted chunks are undefined, on the side that is
 * written.
 */
public final class DirectCopier implements RegionCopier {
  private final Movers movers;

  private DirectCopier(Movers movers) {
    this.movers = movers;
  }

  /**
   * A copier from the arena to memory. Checked transfers are checksummed in the memory they were
   * copied to, which must therefore be the store's own: where a mapped file of a user's faults in a
   * checksum, the virtual machine ends. For a user's memory there is {@link StagedCopier}.
   */
  public static DirectCopier forRestores() {
    return new DirectCopier((_, arena, memory) -> new RestoreMover(arena, memory));
  }

  /**
   * A copier from memory to the arena. The region's bytes of the arena must belong to the put
   * alone: where the copy of a part faults, they may be overwritten with zeros to learn whether the
   * arena was at fault. The memory of checked transfers is read twice, and may fault.
   */
  public static DirectCopier forPuts() {
    return new DirectCopier((_, arena, memory) -> new PutMover(arena, memory));
  }

  /**
   * A copier from the arena to memory by native copies. Neither may fault: that would end the
   * process.
   *
   * @param takes which memory is given to native code; never called with memory that {@link
   *     NativeCopy#takes} refuses. Regions of other memory are left to {@link #forRestores()}
   */
  public static DirectCopier forRestores(NativeCopy engine, Predicate<MemorySegment> takes) {
    DirectCopier other = forRestores();
    return new DirectCopier(
        (region, arena, memory) ->
            NativeMover.takes(region, memory, takes)
                ? new NativeMover(engine, arena, memory, false)
                : other.movers.of(region, arena, memory));
  }

  /**
   * A copier from memory to the arena by native copies. Neither may fault: that would end the
   * process.
   *
   * @param takes which memory is given to native code; never called with memory that {@link
   *     NativeCopy#takes} refuses. Regions of other memory are left to {@link #forPuts()}
   */
  public static DirectCopier forPuts(NativeCopy engine, Predicate<MemorySegment> takes) {
    DirectCopier other = forPuts();
    return new DirectCopier(
        (region, arena, memory) ->
            NativeMover.takes(region, memory, takes)
                ? new NativeMover(engine, arena, memory, true)
                : other.movers.of(region, arena, memory));
  }

  /** Chooses who moves a region's bytes. */
  private interface Movers {
    Mover of(Region region, MemorySegment arena, List<MemorySegment> memory);
  }

  @Override
  public CopyResult copy(
      Region region, MemorySegment arena, List<MemorySegment> memory, BooleanSupplier stopped) {
    return new RegionCopy(region, movers.of(region, arena, memory), Slices.MOST_BYTES).run(stopped);
  }

  @Override
  public boolean putAtOnce(MemorySegment part, MemorySegment arena, long arenaOffset) {
    return Faults.survived(() -> MemorySegment.copy(part, 0, arena, arenaOffset, part.byteSize()));
  }
}
