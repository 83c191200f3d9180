package io.daxflux.restore;

import io.daxflux.device.Faults;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** From the arena straight to memory, which is private where bytes are checked. */
record RestoreMover(MemorySegment arena, List<MemorySegment> memory) implements Mover {
  @Override
  public void move(long arenaOffset, int to, long memoryOffset, long bytes) {
    MemorySegment.copy(arena, arenaOffset, memory.get(to), memoryOffset, bytes);
  }

  @Override
  public void moveChecked(Transfer piece, SliceChecks checks) {
    move(piece.arenaOffset(), piece.memory(), piece.memoryOffset(), piece.bytes());
    Faults.settle();
    checks.add(memory.get(piece.memory()), piece.memoryOffset(), piece.bytes());
  }

  @Override
  public void touch(long arenaOffset, long bytes) {
    new Sample().read(arena, arenaOffset, bytes);
  }
}
