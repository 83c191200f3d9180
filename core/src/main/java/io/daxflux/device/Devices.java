package io.daxflux.device;

import java.nio.file.Path;

/** Opens devices. */
public final class Devices {
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
    return new Opening(options, Posix.system(), Path.of("/sys")).open();
  }
}
