package io.daxflux.restore;

import io.daxflux.device.Faults;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * From the arena to a slot of staging memory, where bytes are checked, and from there to memory.
 */
final class StagedMover implements Mover {
  private final MemorySegment arena;
  private final List<MemorySegment> memory;
  private final MemorySegment slot;
  private final PrivateSum sum = new PrivateSum();

  StagedMover(MemorySegment arena, List<MemorySegment> memory, MemorySegment slot) {
    this.arena = arena;
    this.memory = memory;
    this.slot = slot;
  }

  @Override
  public void move(long arenaOffset, int to, long memoryOffset, long bytes) {
    MemorySegment.copy(arena, arenaOffset, slot, 0, bytes);
    MemorySegment.copy(slot, 0, memory.get(to), memoryOffset, bytes);
  }

  @Override
  public void moveChecked(Transfer piece, SliceChecks checks) {
    MemorySegment.copy(arena, piece.arenaOffset(), slot, 0, piece.bytes());
    Faults.settle();
    checks.add(piece.bytes(), (from, bytes) -> sum.update(slot, from, bytes));
    MemorySegment.copy(slot, 0, memory.get(piece.memory()), piece.memoryOffset(), piece.bytes());
  }

  @Override
  public RunningSum sum() {
    return sum;
  }

  @Override
  public long checkedPieceBytes() {
    return CheckedPieces.BYTES;
  }

  @Override
  public void touch(long arenaOffset, long bytes) {
    new Sample().read(arena, arenaOffset, bytes);
  }
}
