package io.daxflux.device;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A device-dax character device where the machine has none: a regular file that says it is one, and
 * a folder that describes it as sysfs would. It refuses what {@link RealDaxTest} has seen a real
 * one refuse: a mapping that is not of whole units, and msync.
 */
final class SimulatedDax extends WatchedPosix {
  /** Where persistent memory stands in sysfs, and what memory of other sorts may stand, too. */
  private static final String BUS = "devices/LNXSYSTM:00/LNXSYBUS:00/ACPI0012:00/ndbus0";

  private static final String PERSISTENT = BUS + "/region0/dax0.1/dax0.0";

  /** Where memory stands that firmware has set aside, and that forgets. */
  private static final String VOLATILE = "devices/platform/hmem.0/dax0.0";

  private static final int MAJOR = 251;
  private static final int MINOR = 7;

  final Path sysfs;
  final Path node;
  private final long alignBytes;

  private SimulatedDax(Path sysfs, Path node, long alignBytes) {
    this.sysfs = sysfs;
    this.node = node;
    this.alignBytes = alignBytes;
  }

  static SimulatedDax in(Path folder, String sizeText, String alignText, long backingBytes)
      throws IOException {
    return at(PERSISTENT, folder, sizeText, alignText, backingBytes);
  }

  static SimulatedDax volatileIn(Path folder, long bytes) throws IOException {
    return at(VOLATILE, folder, "" + bytes, "4096", bytes);
  }

  private static SimulatedDax at(
      String place, Path folder, String sizeText, String alignText, long backingBytes)
      throws IOException {
    Path sysfs = Files.createDirectories(folder.resolve("sys"));
    Path device = Files.createDirectories(sysfs.resolve(place));
    Files.writeString(device.resolve("size"), sizeText + "\n");
    Files.writeString(device.resolve("align"), alignText + "\n");
    Path bus = Files.createDirectories(sysfs.resolve(BUS));
    Files.writeString(bus.resolve("provider"), "ACPI.NFIT\n");
    Path region = Files.createDirectories(bus.resolve("region0"));
    Files.writeString(region.resolve("devtype"), "nd_pmem\n");
    link(sysfs.resolve("bus/dax/devices/dax0.0"), device);
    link(sysfs.resolve("dev/char/" + MAJOR + ":" + MINOR), device);
    Path node = folder.resolve("any-name");
    try (var file = new RandomAccessFile(node.toFile(), "rw")) {
      file.setLength(backingBytes);
    }
    return new SimulatedDax(sysfs, node, Long.parseLong(alignText));
  }

  /** Makes it a character device of another driver. */
  SimulatedDax ofAnotherDriver() throws IOException {
    Files.delete(sysfs.resolve("bus/dax/devices/dax0.0"));
    return this;
  }

  /** Makes it memory that forgets, on the bus of persistent memory. */
  SimulatedDax ofType(String devtype) throws IOException {
    Files.writeString(sysfs.resolve(BUS).resolve("region0/devtype"), devtype + "\n");
    return this;
  }

  /** Makes it memory of this provider. */
  SimulatedDax ofProvider(String provider) throws IOException {
    Files.writeString(sysfs.resolve(BUS).resolve("provider"), provider + "\n");
    return this;
  }

  Device open(DeviceOptions options) {
    return new Opening(options, this, sysfs).open();
  }

  Device open(DeviceOptions options, NativeHelper.Loading helper) {
    return new Opening(options, this, sysfs, helper).open();
  }

  @Override
  Optional<FileStatus> status(String path) {
    return super.status(path).map(SimulatedDax::asCharacterDevice);
  }

  @Override
  FileStatus status(int descriptor) {
    return asCharacterDevice(super.status(descriptor));
  }

  @Override
  MemorySegment map(Arena arena, int descriptor, long bytes) {
    requireWholeUnits(bytes);
    return super.map(arena, descriptor, bytes);
  }

  @Override
  MemorySegment mapReadOnly(Arena arena, int descriptor, long bytes) {
    requireWholeUnits(bytes);
    return super.mapReadOnly(arena, descriptor, bytes);
  }

  @Override
  void sync(long address, long bytes) {
    throw invalid("msync");
  }

  private void requireWholeUnits(long bytes) {
    if (bytes % alignBytes != 0) {
      throw invalid("mmap of " + bytes + " bytes");
    }
  }

  private static RefusedCall invalid(String call) {
    return new RefusedCall(call, RefusedCall.EINVAL, "Invalid argument");
  }

  private static FileStatus asCharacterDevice(FileStatus file) {
    return new FileStatus(FileStatus.Type.CHARACTER_DEVICE, 0, 0, MAJOR, MINOR, file.identity());
  }

  private static void link(Path link, Path target) throws IOException {
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, target);
  }
}
