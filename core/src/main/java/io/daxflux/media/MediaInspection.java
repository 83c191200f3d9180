package io.daxflux.media;

import io.daxflux.device.Device;
import java.util.List;

/** What lies on a device, without writing to it. */
public final class MediaInspection {
  private MediaInspection() {}

  /** Looks at a device. */
  public static MediaInspection of(Device device) {
    throw new UnsupportedOperationException();
  }

  /** What was found, to be read by people. */
  public List<String> lines() {
    throw new UnsupportedOperationException();
  }
}
