package io.daxflux.media;

import io.daxflux.device.Device;
import java.util.List;

/** Whether every record and every byte on a device is sound, without writing to it. */
public final class MediaCheck {
  private MediaCheck() {}

  /** Checks a device. */
  public static MediaCheck of(Device device, int threads) {
    throw new UnsupportedOperationException();
  }

  /** What was found, to be read by people. */
  public List<String> lines() {
    throw new UnsupportedOperationException();
  }
}
