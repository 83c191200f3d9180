package io.daxflux.perf.floor;

import java.lang.foreign.MemorySegment;

/** Memory by its address: what was cut into chunks, as one piece again. */
final class RawMemory {
  private RawMemory() {}

  /** Somebody else keeps it mapped. */
  @SuppressWarnings("restricted") // both ends lie within one mapping, and its owner outlives it
  static MemorySegment at(long address, long bytes) {
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }
}
