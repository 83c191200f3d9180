package io.daxflux.device;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A device-dax character device where the machine has none: a regular file that says it is one, and
 * a folder that describes it as sysfs would.
 */
final class SimulatedDax extends WatchedPosix {
  private static final int MAJOR = 251;
  private static final int MINOR = 7;

  final Path sysfs;
  final Path node;

  private SimulatedDax(Path sysfs, Path node) {
    this.sysfs = sysfs;
    this.node = node;
  }

  static SimulatedDax in(Path folder, String sizeText, String alignText, long backingBytes)
      throws IOException {
    Path sysfs = Files.createDirectories(folder.resolve("sys"));
    Path device = Files.createDirectories(sysfs.resolve("devices/platform/e820_pmem/dax0.0"));
    Files.writeString(device.resolve("size"), sizeText + "\n");
    Files.writeString(device.resolve("align"), alignText + "\n");
    link(sysfs.resolve("bus/dax/devices/dax0.0"), device);
    link(sysfs.resolve("dev/char/" + MAJOR + ":" + MINOR), device);
    Path node = folder.resolve("any-name");
    try (var file = new RandomAccessFile(node.toFile(), "rw")) {
      file.setLength(backingBytes);
    }
    return new SimulatedDax(sysfs, node);
  }

  /** Makes it a character device of another driver. */
  SimulatedDax ofAnotherDriver() throws IOException {
    Files.delete(sysfs.resolve("bus/dax/devices/dax0.0"));
    return this;
  }

  Device open(DeviceOptions options) {
    return new Opening(options, this, sysfs).open();
  }

  @Override
  Optional<FileStatus> status(String path) {
    return super.status(path).map(SimulatedDax::asCharacterDevice);
  }

  @Override
  FileStatus status(int descriptor) {
    return asCharacterDevice(super.status(descriptor));
  }

  private static FileStatus asCharacterDevice(FileStatus file) {
    return new FileStatus(FileStatus.Type.CHARACTER_DEVICE, 0, 0, MAJOR, MINOR, file.identity());
  }

  private static void link(Path link, Path target) throws IOException {
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, target);
  }
}
