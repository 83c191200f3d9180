package io.daxflux.restore;

import java.lang.foreign.MemorySegment;

/** From the arena to nowhere. */
final class VerifyMover implements Mover {
  private final MemorySegment arena;
  private final Sample sample = new Sample();

  VerifyMover(MemorySegment arena) {
    this.arena = arena;
  }

  @Override
  public void move(long arenaOffset, int memory, long memoryOffset, long bytes) {
    touch(arenaOffset, bytes);
  }

  @Override
  public void moveChecked(Transfer piece, SliceChecks checks) {
    sample.check(arena, piece.arenaOffset(), piece.bytes(), checks);
  }

  @Override
  public RunningSum sum() {
    return sample.sum();
  }

  @Override
  public long checkedPieceBytes() {
    return CheckedPieces.BYTES;
  }

  @Override
  public void touch(long arenaOffset, long bytes) {
    sample.read(arena, arenaOffset, bytes);
  }
}
