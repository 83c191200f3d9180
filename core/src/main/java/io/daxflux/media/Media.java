package io.daxflux.media;

import io.daxflux.device.Device;

/** A device that holds a store. */
public final class Media {
  private Media() {}

  /** Whether a device is given a format: anonymous memory, which nothing survives in, is not. */
  public static boolean isFormattable(Device device) {
    return device.kind() != Device.Kind.MEMORY;
  }

  /** Opens a device. */
  public static Media open(Device device, MediaOptions options) {
    throw new UnsupportedOperationException();
  }

  /** Where things lie. */
  public MediaGeometry geometry() {
    throw new UnsupportedOperationException();
  }

  /** How often the store was opened for writing, this time included. */
  public long generation() {
    throw new UnsupportedOperationException();
  }

  /** What was found. */
  public Recovery recovery() {
    throw new UnsupportedOperationException();
  }

  /** Writes records. */
  public RecordWriter writer() {
    throw new UnsupportedOperationException();
  }

  /** Says on the device that the store was closed in order. */
  public void closeCleanly() {
    throw new UnsupportedOperationException();
  }
}
