package io.daxflux.device;

/** What a device says that would not persist. */
public final class Refusal {
  private Refusal() {}

  public static DeviceException toPersist(String device, long offset, long bytes) {
    return new DeviceException(
        DeviceException.Reason.REFUSED,
        device,
        "to persist " + bytes + " bytes at " + offset,
        "an error of input or output");
  }
}
