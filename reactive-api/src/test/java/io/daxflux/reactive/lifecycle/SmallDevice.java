package io.daxflux.reactive.lifecycle;

import io.daxflux.device.Device;
import io.daxflux.reactive.DeviceView;
import java.lang.foreign.MemorySegment;

/** A device without its last byte. */
final class SmallDevice extends DeviceView {
  SmallDevice(Device device) {
    super(device);
  }

  @Override
  public MemorySegment memory() {
    MemorySegment whole = super.memory();
    return whole.asSlice(0, whole.byteSize() - 1);
  }
}
