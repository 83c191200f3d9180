package io.daxflux.restore;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Copies from the arena to memory by way of a slot of a {@link StagingSlab}, piece by piece; a
 * region may be larger than the slot. Results are those of {@link DirectCopier#forRestores()}.
 *
 * <p>Each call takes a slot and gives it back. There must be as many slots as calls at a time.
 */
public final class StagedCopier implements RegionCopier {
  private final StagingSlab slab;

  /** A copier through this slab, which stays its owner's and must outlive all calls. */
  public StagedCopier(StagingSlab slab) {
    this.slab = slab;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException where all slots are taken
   */
  @Override
  public CopyResult copy(
      Region region, MemorySegment arena, List<MemorySegment> memory, BooleanSupplier stopped) {
    try (StagingSlab.Slot slot = slab.take()) {
      long pieceBytes = Math.min(Slices.MOST_BYTES, slab.slotBytes());
      Mover throughSlot = throughSlot(slot.memory());
      return new RegionCopy(region, arena, memory, Direction.RESTORE, throughSlot, pieceBytes)
          .run(stopped);
    }
  }

  private static Mover throughSlot(MemorySegment slot) {
    return (arena, arenaOffset, memory, memoryOffset, bytes) -> {
      MemorySegment.copy(arena, arenaOffset, slot, 0, bytes);
      MemorySegment.copy(slot, 0, memory, memoryOffset, bytes);
    };
  }
}
