package io.daxflux.perf.ground;

import io.daxflux.device.Device;
import java.lang.foreign.MemorySegment;

/** Somebody else's device, for a second store over the same bytes. */
record SharedDevice(Device device) implements Device {
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
  public Durability durability() {
    return device.durability();
  }

  @Override
  public void persist(long offset, long bytes) {
    device.persist(offset, bytes);
  }

  /** Its owner closes it. */
  @Override
  public void close() {}
}
