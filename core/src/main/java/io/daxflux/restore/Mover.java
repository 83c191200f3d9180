package io.daxflux.restore;

import java.lang.foreign.MemorySegment;

/**
 * Moves bytes between the arena and a request's memory. May throw {@link InternalError} where
 * memory faults, at once or, from compiled code, only later ({@link io.daxflux.device.Faults}).
 */
@FunctionalInterface
interface Mover {
  void move(
      MemorySegment arena, long arenaOffset, MemorySegment memory, long memoryOffset, long bytes);
}
