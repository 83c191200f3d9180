package io.daxflux.device;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** A device that is mapped, with everything that opening it has taken. */
final class MappedDevice implements Device {
  private final String name;
  private final Kind kind;
  private final MemorySegment memory;
  private final Durability durability;
  private final Flush flush;
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
      Durability durability,
      Flush flush,
      CompletionStage<Long> prefaulted,
      Holdings holdings) {
    this.name = name;
    this.kind = kind;
    this.memory = memory;
    this.durability = durability;
    this.flush = flush;
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
    return durability;
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
      flush.flush(memory.address() + offset, bytes);
    } catch (RefusedCall refused) {
      throw DeviceException.refused(
          DeviceException.Reason.REFUSED,
          name,
          bytes + " bytes at " + offset + " to be persisted",
          refused);
    }
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

  /** Makes stored bytes as durable as the device can. */
  interface Flush {
    /** The store itself was all that can be done. */
    Flush NONE = (address, bytes) -> {};

    /** Returns when these mapped bytes, at least 1, are durable. */
    void flush(long address, long bytes);
  }
}
