package io.daxflux.restore;

import io.daxflux.device.Faults;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * One copy of one region: slice by slice, and once more part by part where a slice meets memory
 * that faults, so that only the chunks whose own bytes fault are charged with it.
 *
 * <p>Used by one thread, once.
 */
final class RegionCopy {
  private final Region region;
  private final MemorySegment arena;
  private final List<MemorySegment> memory;
  private final Direction direction;
  private final Mover mover;
  private final long mostBytes;
  private final Set<Integer> faultedChunks = new HashSet<>();
  private final Set<Integer> arenaFaults = new HashSet<>();

  /**
   * @param direction which way the bytes go in the end
   * @param mover takes them there
   * @param mostBytes the most it may be given at once, a multiple of 64
   */
  RegionCopy(
      Region region,
      MemorySegment arena,
      List<MemorySegment> memory,
      Direction direction,
      Mover mover,
      long mostBytes) {
    this.region = region;
    this.arena = arena;
    this.memory = memory;
    this.direction = direction;
    this.mover = mover;
    this.mostBytes = mostBytes;
  }

  CopyResult run(BooleanSupplier stopped) {
    long position = 0;
    for (Span span : region.spans()) {
      long sliceBytes = Slices.bytes(span.bytes(), mostBytes);
      for (long from = 0; from < span.bytes(); from += sliceBytes) {
        if (stopped.getAsBoolean()) {
          return new CopyResult(false, faultedChunks, arenaFaults);
        }
        long bytes = Math.min(sliceBytes, span.bytes() - from);
        if (!moved(span.arenaOffset() + from, span.memory(), span.memoryOffset() + from, bytes)) {
          movePartByPart(position + from, bytes);
        }
      }
      position += span.bytes();
    }
    return new CopyResult(true, faultedChunks, arenaFaults);
  }

  /**
   * Repeats a slice that faulted.
   *
   * @param sliceStart where the slice starts among the region's bytes, which the parts tile
   */
  private void movePartByPart(long sliceStart, long sliceBytes) {
    long partStart = 0;
    for (Transfer part : region.parts()) {
      long from = Math.max(sliceStart, partStart);
      long end = Math.min(sliceStart + sliceBytes, partStart + part.bytes());
      if (from < end) {
        movePart(part.part(from - partStart, end - from));
      }
      partStart += part.bytes();
    }
  }

  private void movePart(Transfer part) {
    if (!moved(part.arenaOffset(), part.memory(), part.memoryOffset(), part.bytes())) {
      faultedChunks.add(part.chunk());
      if (!touched(part.arenaOffset(), part.bytes())) {
        arenaFaults.add(part.chunk());
      }
    }
  }

  /** Moves bytes; false where memory faulted, and then any of them may be missing. */
  private boolean moved(long arenaOffset, int segment, long memoryOffset, long bytes) {
    MemorySegment other = memory.get(segment);
    return survived(() -> mover.move(arena, arenaOffset, other, memoryOffset, bytes));
  }

  /** Whether the arena's side of these bytes is sound. */
  private boolean touched(long arenaOffset, long bytes) {
    return survived(() -> direction.touch(arena, arenaOffset, bytes));
  }

  /** The one place where memory is touched that may fault; false where it did. */
  private static boolean survived(Runnable access) {
    try {
      access.run();
      Faults.settle();
      return true;
    } catch (InternalError error) {
      if (!Faults.isFault(error)) {
        throw error;
      }
      return false;
    }
  }
}
