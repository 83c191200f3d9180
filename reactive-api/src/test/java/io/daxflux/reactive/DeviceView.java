package io.daxflux.reactive;

import io.daxflux.device.Device;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Another device, of which a test changes what it needs changed. */
public class DeviceView implements Device {
  private final Device device;

  protected DeviceView(Device device) {
    this.device = device;
  }

  @Override
  public String name() {
    return device.name();
  }

  @Override
  public Kind kind() {
    return device.kind();
  }

  @Override
  public MemorySegment memory() {
    return device.memory();
  }

  @Override
  public MemorySegment lend(long offset, long bytes, Arena lifetime) {
    return device.lend(offset, bytes, lifetime);
  }

  @Override
  public Durability durability() {
    return device.durability();
  }

  @Override
  public Optional<String> durabilityNote() {
    return device.durabilityNote();
  }

  @Override
  public void persist(long offset, long bytes) {
    device.persist(offset, bytes);
  }

  @Override
  public CompletionStage<Long> prefaulted() {
    return device.prefaulted();
  }

  @Override
  public void close() {
    device.close();
  }
}
