package io.daxflux.device;

import io.daxflux.device.DeviceException.Reason;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A device that is mapped, with everything that opening it has taken. */
final class MappedDevice implements Device {
  private final String name;
  private final Kind kind;
  private final MemorySegment memory;
  private final Persistence persistence;
  private final CompletionStage<Long> prefaulted;
  private final Holdings holdings;

  /**
   * A mapped device.
   *
   * @param holdings all that {@code close} gives back
   */
  MappedDevice(
      String name,
      Kind kind,
      MemorySegment memory,
      Persistence persistence,
      CompletionStage<Long> prefaulted,
      Holdings holdings) {
    this.name = name;
    this.kind = kind;
    this.memory = memory;
    this.persistence = persistence;
    this.prefaulted = prefaulted;
    this.holdings = holdings;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public MemorySegment memory() {
    return memory;
  }

  @Override
  public Durability durability() {
    return persistence.durability();
  }

  @Override
  public Optional<String> durabilityNote() {
    return persistence.note();
  }

  @Override
  public void persist(long offset, long bytes) {
    Objects.checkFromIndexSize(offset, bytes, memory.byteSize());
    if (!memory.scope().isAlive()) {
      throw new IllegalStateException("expected " + name + " open, found it closed");
    }
    if (bytes == 0) {
      return;
    }
    try {
      persistence.flush().flush(memory.asSlice(offset, bytes));
    } catch (RefusedCall refused) {
      throw DeviceException.refused(Reason.REFUSED, name, asked(offset, bytes), refused);
    } catch (InternalError error) {
      if (!Faults.isFault(error)) {
        throw error;
      }
      DeviceException fault =
          new DeviceException(Reason.REFUSED, name, asked(offset, bytes), "memory that faults");
      fault.initCause(error);
      throw fault;
    }
  }

  private static String asked(long offset, long bytes) {
    return bytes + " bytes at " + offset + " to be persisted";
  }

  @Override
  public CompletionStage<Long> prefaulted() {
    return prefaulted;
  }

  @Override
  public void close() {
    holdings.release();
  }

  @Override
  public String toString() {
    return name + " (" + kind + ", " + memory.byteSize() + " bytes)";
  }
}
