package io.daxflux.device;

import io.daxflux.device.DeviceException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How large a device-dax character device is and in which units it maps. Its own file says neither
 * (its length is 0), and the kernel accepts a mapping that is too long and faults behind its end,
 * so sysfs is asked.
 *
 * @param bytes its size, whole units only
 * @param alignBytes the unit of its mappings
 * @param persistent whether it is known to be persistent memory. The same driver also offers memory
 *     that forgets (set aside by firmware, or of a CXL device), under another parent
 */
record DaxGeometry(long bytes, long alignBytes, boolean persistent) {
  /** What the names of the buses begin with that persistent memory hangs on. */
  private static final String BUS = "ndbus";

  /** The type of a region of such a bus that does not forget: there are others ("nd_volatile"). */
  private static final String PERSISTENT_TYPE = "nd_pmem";

  /**
   * The provider of a bus whose memory is the cache of a host's file: what has left the processor's
   * caches is no more durable than before, and a character device cannot ask the host for more.
   */
  private static final String HOSTS_CACHE = "virtio-pmem";

  /**
   * Reads what sysfs says of the character device with this number; its path may be any.
   *
   * @throws DeviceException {@code WRONG_TYPE} where it is some other character device, {@code
   *     EMPTY} where it has no bytes
   */
  static DaxGeometry of(String path, FileStatus status, Path sysfs) {
    String number = status.rdevMajor() + ":" + status.rdevMinor();
    Path entry = sysfs.resolve("dev/char").resolve(number);
    try {
      if (!Files.exists(entry)) {
        throw notDax(path, number);
      }
      Path device = sysfs.resolve("bus/dax/devices").resolve(entry.toRealPath().getFileName());
      if (!Files.exists(device)) {
        throw notDax(path, number);
      }
      long alignBytes = number(device.resolve("align"));
      long bytes = number(device.resolve("size")) / alignBytes * alignBytes;
      if (bytes == 0) {
        throw new DeviceException(
            Reason.EMPTY, path, "a device with space", "0 bytes in units of " + alignBytes);
      }
      return new DaxGeometry(bytes, alignBytes, isPersistent(device.toRealPath()));
    } catch (IOException | ArithmeticException | NumberFormatException unreadable) {
      DeviceException refused =
          new DeviceException(
              Reason.REFUSED, path, "its size and alignment in " + sysfs, unreadable.toString());
      refused.initCause(unreadable);
      throw refused;
    }
  }

  /**
   * How many bytes to map: what was asked for in whole units, or all for 0.
   *
   * @throws DeviceException where that is more than there is, or less than a unit
   */
  long mappable(String path, long askedBytes) {
    if (askedBytes > bytes) {
      throw new DeviceException(
          Reason.TOO_LARGE, path, askedBytes + " bytes", "a device of " + bytes + " bytes");
    }
    if (askedBytes == 0) {
      return bytes;
    }
    if (askedBytes < alignBytes) {
      throw new DeviceException(
          Reason.MISALIGNED, path, askedBytes + " bytes", "units of " + alignBytes + " bytes");
    }
    return askedBytes / alignBytes * alignBytes;
  }

  /** Looks at where the device hangs: {@code .../ndbus0/region0/dax0.1/dax0.0}. */
  private static boolean isPersistent(Path device) throws IOException {
    Path region = device;
    for (Path bus = device.getParent(); bus != null; bus = bus.getParent()) {
      Path name = bus.getFileName();
      if (name != null && name.toString().startsWith(BUS)) {
        return text(region.resolve("devtype")).equals(PERSISTENT_TYPE)
            && !text(bus.resolve("provider")).equals(HOSTS_CACHE);
      }
      region = bus;
    }
    return false;
  }

  private static String text(Path attribute) throws IOException {
    return Files.readString(attribute).strip();
  }

  private static long number(Path attribute) throws IOException {
    return Long.parseLong(text(attribute));
  }

  private static DeviceException notDax(String path, String number) {
    return new DeviceException(
        Reason.WRONG_TYPE,
        path,
        "a device-dax character device or a regular file",
        "another character device (" + number + ")");
  }
}
