package io.daxflux.media;

import io.daxflux.device.Device;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** A device that says it is a file, in memory of its own. */
final class MemoryFile implements Device {
  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;

  MemoryFile(long bytes) {
    memory = arena.allocate(bytes, 4096);
  }

  private MemoryFile(MemorySegment memory) {
    this.memory = memory;
  }

  /** Its first bytes, as a device that ends there. */
  MemoryFile truncated(long bytes) {
    return new MemoryFile(memory.asSlice(0, bytes));
  }

  void copyFrom(MemoryFile other) {
    memory.copyFrom(other.memory);
  }

  void clear() {
    memory.fill((byte) 0);
  }

  /** A copy of another's first bytes. */
  static MemoryFile copyOf(Device other, long bytes) {
    MemoryFile copy = new MemoryFile(bytes);
    MemorySegment.copy(other.memory(), 0, copy.memory, 0, Math.min(bytes, other.bytes()));
    return copy;
  }

  static MemoryFile copyOf(Device other) {
    return copyOf(other, other.bytes());
  }

  boolean equalsAll(Device other) {
    return memory.mismatch(other.memory()) < 0;
  }

  @Override
  public String name() {
    return "file";
  }

  @Override
  public Kind kind() {
    return Kind.FILE;
  }

  @Override
  public MemorySegment memory() {
    return memory;
  }

  @Override
  public Durability durability() {
    return Durability.POWER;
  }

  @Override
  public void persist(long offset, long bytes) {
    Objects.checkFromIndexSize(offset, bytes, bytes());
  }

  @Override
  public void close() {
    arena.close();
  }
}
