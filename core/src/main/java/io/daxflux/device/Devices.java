package io.daxflux.device;

import java.nio.file.Path;

/** Opens devices. */
public final class Devices {
  /** Where the kernel describes devices. */
  private static final Path SYSFS = Path.of("/sys");

  private Devices() {}

  /**
   * Opens a device and becomes its only owner. Blocks: a file is given its storage first.
   *
   * <ul>
   *   <li>A device-dax character device is mapped in whole units of its alignment. What is
   *       persisted on it survives a killed process, and a loss of power where the device is
   *       persistent memory and the native helper is there.
   *   <li>A regular file is opened, made longer where it is shorter than asked for, and given
   *       storage for every byte unless a sparse one is asked for. Where there is none it is
   *       created, for this user alone. If that fails, a new file is gone again, and an old one has
   *       its length and contents (holes that were given storage keep it). What is persisted
   *       survives a loss of power, unless the file system lies in memory. Where the file system
   *       maps persistent memory directly (DAX), it is persisted by the native helper, if it is
   *       there.
   *   <li>{@link DeviceOptions#MEMORY} is anonymous memory, rounded up to whole pages.
   * </ul>
   *
   * @throws DeviceException where it cannot be had; nothing is open, mapped, locked or running then
   */
  public static Device open(DeviceOptions options) {
    return new Opening(options, Posix.system(), SYSFS).open();
  }

  /**
   * Opens a device as {@link #open(DeviceOptions)} does, and shows it first, as it is: where that
   * refuses it, a file keeps its length and its storage, and none is created. Of memory there is
   * nothing to show.
   *
   * @throws DeviceException where it cannot be had; nothing is open, mapped, locked or running then
   */
  public static Device open(DeviceOptions options, FirstLook look) {
    return new Opening(options, Posix.system(), SYSFS).open(look);
  }

  /**
   * Opens the whole of a device or file to be read: what has no byte is a device without one.
   * Nothing is created, made longer, given storage or touched, and leave to read is enough. Its
   * memory is read-only, and nothing can be persisted.
   *
   * <p>There may be any number of readers at a time, and no owner beside them: a device that is in
   * use is refused as {@link DeviceException.Reason#LOCKED}, and so is its opening by an owner
   * while somebody reads it.
   *
   * @param path a device-dax character device or a regular file
   * @throws DeviceException where it cannot be had; nothing is open, mapped or locked then
   */
  public static Device openReadOnly(String path) {
    return new Opening(DeviceOptions.of(path), Posix.system(), SYSFS).openReadOnly();
  }
}
