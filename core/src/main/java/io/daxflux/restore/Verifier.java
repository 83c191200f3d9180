package io.daxflux.restore;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Reads the arena's bytes, checks those that are checked, and keeps nothing; the other side of a
 * transfer means nothing to it, and the list of memory may be empty. Unchecked bytes are read too,
 * to learn whether they fault. Needs no staging slot.
 */
public final class Verifier implements RegionCopier {
  @Override
  public CopyResult copy(
      Region region, MemorySegment arena, List<MemorySegment> memory, BooleanSupplier stopped) {
    return new RegionCopy(region, new VerifyMover(arena), Slices.MOST_BYTES).run(stopped);
  }
}
