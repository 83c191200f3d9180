package io.daxflux.reactive;

import io.daxflux.device.Device;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A device as inconvenient as one may be: it starts in the middle of a page, and ends in the middle
 * of a block, a page and a cache line.
 */
final class OddDevice implements Device {
  private static final long START = 1000;
  private static final long REST = 777;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;

  /**
   * @param bytes how many of its bytes make whole blocks
   */
  OddDevice(long bytes) {
    memory = arena.allocate(START + bytes + REST, 4096).asSlice(START, bytes + REST);
  }

  @Override
  public String name() {
    return "odd:";
  }

  @Override
  public Kind kind() {
    return Kind.MEMORY;
  }

  @Override
  public MemorySegment memory() {
    return memory;
  }

  @Override
  public Durability durability() {
    return Durability.NONE;
  }

  @Override
  public void persist(long offset, long bytes) {}

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
