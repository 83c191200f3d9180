package io.daxflux.restore;

import io.daxflux.device.NativeCopy;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Predicate;

/**
 * Between the arena and memory by native copies, which sum what they copy on the way. Neither side
 * may fault; so a region of which some memory cannot be given to native code is no work for it
 * ({@link #takes}).
 */
final class NativeMover implements Mover {
  /** Below this a copy is over before it pays to go past the caches. */
  private static final long LEAST_BYTES = 16 << 10;

  private final NativeCopy engine;
  private final MemorySegment arena;
  private final List<MemorySegment> memory;
  private final boolean intoArena;
  private final NativeSum sum = new NativeSum();

  /** The running sum, which native copies go on with. */
  private static final class NativeSum implements RunningSum {
    private int crc;

    @Override
    public int take() {
      int taken = crc;
      crc = 0;
      return taken;
    }
  }

  NativeMover(
      NativeCopy engine, MemorySegment arena, List<MemorySegment> memory, boolean intoArena) {
    this.engine = engine;
    this.arena = arena;
    this.memory = memory;
    this.intoArena = intoArena;
  }

  static boolean takes(Region region, List<MemorySegment> memory, Predicate<MemorySegment> takes) {
    for (Span span : region.spans()) {
      MemorySegment segment = memory.get(span.memory());
      if (!NativeCopy.takes(segment) || !takes.test(segment)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void move(long arenaOffset, int segment, long memoryOffset, long bytes) {
    MemorySegment other = memory.get(segment);
    if (bytes < LEAST_BYTES) {
      if (intoArena) {
        MemorySegment.copy(other, memoryOffset, arena, arenaOffset, bytes);
      } else {
        MemorySegment.copy(arena, arenaOffset, other, memoryOffset, bytes);
      }
    } else if (intoArena) {
      engine.copy(other, memoryOffset, arena, arenaOffset, bytes);
    } else {
      engine.copy(arena, arenaOffset, other, memoryOffset, bytes);
    }
  }

  @Override
  public void moveChecked(Transfer piece, SliceChecks checks) {
    MemorySegment other = memory.get(piece.memory());
    checks.add(
        piece.bytes(),
        (from, bytes) -> {
          long inArena = piece.arenaOffset() + from;
          long inMemory = piece.memoryOffset() + from;
          sum.crc =
              intoArena
                  ? engine.copyAndSum(other, inMemory, arena, inArena, bytes, sum.crc)
                  : engine.copyAndSum(arena, inArena, other, inMemory, bytes, sum.crc);
        });
  }

  @Override
  public RunningSum sum() {
    return sum;
  }

  /** Nothing is read twice. */
  @Override
  public long checkedPieceBytes() {
    return Slices.MOST_BYTES;
  }

  @Override
  public void touch(long arenaOffset, long bytes) {
    new Sample().read(arena, arenaOffset, bytes);
  }
}
