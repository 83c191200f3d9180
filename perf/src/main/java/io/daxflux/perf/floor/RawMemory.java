package io.daxflux.perf.floor;

import java.lang.foreign.MemorySegment;

/**
 * Memory by its address: what was cut into chunks as one piece again, and what belongs to an arena
 * for those who refuse memory that can be unmapped.
 */
public final class RawMemory {
  private RawMemory() {}

  /** Somebody else keeps it mapped. */
  @SuppressWarnings("restricted") // both ends lie within one mapping, and its owner outlives it
  public static MemorySegment at(long address, long bytes) {
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }
}
