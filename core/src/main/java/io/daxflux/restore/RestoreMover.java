package io.daxflux.restore;

import io.daxflux.device.Faults;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** From the arena straight to memory, which is private where bytes are checked. */
final class RestoreMover implements Mover {
  private final MemorySegment arena;
  private final List<MemorySegment> memory;
  private final PrivateSum sum = new PrivateSum();

  RestoreMover(MemorySegment arena, List<MemorySegment> memory) {
    this.arena = arena;
    this.memory = memory;
  }

  @Override
  public void move(long arenaOffset, int to, long memoryOffset, long bytes) {
    MemorySegment.copy(arena, arenaOffset, memory.get(to), memoryOffset, bytes);
  }

  @Override
  public void moveChecked(Transfer piece, SliceChecks checks) {
    move(piece.arenaOffset(), piece.memory(), piece.memoryOffset(), piece.bytes());
    Faults.settle();
    MemorySegment output = memory.get(piece.memory());
    checks.add(
        piece.bytes(), (from, bytes) -> sum.update(output, piece.memoryOffset() + from, bytes));
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
