package io.daxflux.restore;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Copies from the arena to memory by way of a slot of a {@link StagingSlab}, piece by piece; a
 * region may be larger than the slot. Results are those of {@link DirectCopier#forRestores()}.
 * Checked bytes are checksummed in the slot, never in the memory they go to, so that may be any.
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
      Mover mover = new StagedMover(arena, memory, slot.memory());
      return new RegionCopy(region, mover, pieceBytes).run(stopped);
    }
  }
}
