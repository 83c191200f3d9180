package io.daxflux.reactive.lifecycle;

import io.daxflux.device.Device;
import io.daxflux.reactive.DeviceView;

/** A device that says that its bytes survive so much. */
final class ClaimedDurability extends DeviceView {
  private final Durability durability;

  ClaimedDurability(Device device, Durability durability) {
    super(device);
    this.durability = durability;
  }

  @Override
  public Durability durability() {
    return durability;
  }
}
