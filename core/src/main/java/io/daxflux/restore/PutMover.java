package io.daxflux.restore;

import io.daxflux.device.Faults;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * From memory to the arena. Neither side may be checksummed in place, for both may fault: checked
 * bytes are read once more, by way of a small buffer, while the cache still has them.
 */
final class PutMover implements Mover {
  private final MemorySegment arena;
  private final List<MemorySegment> memory;
  private final Sample sample = new Sample();

  PutMover(MemorySegment arena, List<MemorySegment> memory) {
    this.arena = arena;
    this.memory = memory;
  }

  @Override
  public void move(long arenaOffset, int from, long memoryOffset, long bytes) {
    MemorySegment.copy(memory.get(from), memoryOffset, arena, arenaOffset, bytes);
  }

  @Override
  public void moveChecked(Transfer piece, SliceChecks checks) {
    move(piece.arenaOffset(), piece.memory(), piece.memoryOffset(), piece.bytes());
    Faults.settle();
    sample.check(memory.get(piece.memory()), piece.memoryOffset(), piece.bytes(), checks);
  }

  @Override
  public RunningSum sum() {
    return sample.sum();
  }

  @Override
  public long checkedPieceBytes() {
    return CheckedPieces.BYTES;
  }

  /**
   * Writes the bytes: a hole of a full file system can be read but not written. They belong to the
   * put alone, and the put has failed, so nothing is lost.
   */
  @Override
  public void touch(long arenaOffset, long bytes) {
    arena.asSlice(arenaOffset, bytes).fill((byte) 0);
  }
}
