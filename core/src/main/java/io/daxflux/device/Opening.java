package io.daxflux.device;

import com.sun.management.OperatingSystemMXBean;
import io.daxflux.device.Device.Durability;
import io.daxflux.device.Device.Kind;
import io.daxflux.device.DeviceException.Reason;
import io.daxflux.device.FileStatus.Type;
import io.daxflux.device.MappedDevice.Flush;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One opening of one device: look, open, lock, look again, give it space, map, touch. Where a step
 * fails, all before it are undone, last first.
 */
final class Opening {
  private final DeviceOptions options;
  private final Posix posix;
  private final Path sysfs;
  private final Holdings holdings = new Holdings();

  /**
   * An opening that has not begun.
   *
   * @param sysfs where the kernel describes devices
   */
  Opening(DeviceOptions options, Posix posix, Path sysfs) {
    this.options = options;
    this.posix = posix;
    this.sysfs = sysfs;
  }

  /** Opens the device; called once. */
  Device open() {
    try {
      Device device = options.isMemory() ? memory() : fileOrDax();
      holdings.keepChanges();
      return device;
    } catch (RefusedCall refused) {
      DeviceException failure = DeviceException.refused(options.path(), "a device", refused);
      holdings.abandon(failure);
      throw failure;
    } catch (RuntimeException | Error failure) {
      holdings.abandon(failure);
      throw failure;
    }
  }

  private Device memory() {
    if (options.bytes() == 0) {
      throw new DeviceException(
          Reason.EMPTY, options.path(), "memory without a size", "no size of its own");
    }
    long machineBytes = machineBytes();
    if (!options.sparse() && options.bytes() > machineBytes) {
      throw new DeviceException(
          Reason.TOO_LARGE,
          options.path(),
          options.bytes() + " bytes",
          "a machine of " + machineBytes + " bytes");
    }
    PrivateMemory memory = PrivateMemory.map(options.bytes(), posix);
    holdings.hold(memory::close);
    CompletionStage<Long> prefaulted =
        options.prefaults(true)
            ? memory.prefault(options.prefaultExecutor())
            : CompletableFuture.completedStage(0L);
    return new MappedDevice(
        options.path(),
        Kind.MEMORY,
        memory.memory(),
        Durability.NONE,
        Flush.NONE,
        prefaulted,
        holdings);
  }

  private Device fileOrDax() {
    OwnedFile file = OwnedFile.open(posix, options, this::admit, holdings);
    return file.status().type() == Type.FILE ? file(file) : dax(file);
  }

  private void admit(FileStatus status) {
    switch (status.type()) {
      case FILE -> {}
      case CHARACTER_DEVICE -> DaxGeometry.of(options.path(), status, sysfs);
      default ->
          throw new DeviceException(
              Reason.WRONG_TYPE,
              options.path(),
              "a device-dax character device or a regular file",
              status.type().text);
    }
  }

  private Device file(OwnedFile file) {
    MemorySegment memory = map(file, new FileSpace(posix, options, file).provide(holdings));
    boolean inMemory = posix.volume(file.descriptor()).inMemory();
    return new MappedDevice(
        options.path(),
        Kind.FILE,
        memory,
        inMemory ? Durability.PROCESS : Durability.POWER,
        this::syncPages,
        prefaulted(memory, inMemory, inMemory),
        holdings);
  }

  private Device dax(OwnedFile file) {
    DaxGeometry geometry = DaxGeometry.of(options.path(), file.status(), sysfs);
    MemorySegment memory = map(file, geometry.mappable(options.path(), options.bytes()));
    // A store reaches the device when its cache line does, which no system call here can force.
    return new MappedDevice(
        options.path(),
        Kind.DEVDAX,
        memory,
        Durability.PROCESS,
        Flush.NONE,
        prefaulted(memory, false, true),
        holdings);
  }

  private MemorySegment map(OwnedFile file, long bytes) {
    Arena arena = Arena.ofShared();
    try {
      MemorySegment memory = posix.map(arena, file.descriptor(), bytes);
      holdings.hold(arena::close);
      return memory;
    } catch (RefusedCall refused) {
      throw DeviceException.refused(
          Reason.NOT_MAPPABLE, options.path(), "a mapping of " + bytes + " bytes", refused);
    }
  }

  private CompletionStage<Long> prefaulted(
      MemorySegment memory, boolean kindDoes, boolean forWriting) {
    if (!options.prefaults(kindDoes)) {
      return CompletableFuture.completedStage(0L);
    }
    Prefault prefault =
        forWriting
            ? Prefault.forWriting(posix, options.path(), memory, options.prefaultExecutor())
            : Prefault.forReading(posix, options.path(), memory, options.prefaultExecutor());
    holdings.hold(prefault::stop);
    return prefault.done();
  }

  /** A file's pages are written back whole, and addressed by their start. */
  private void syncPages(long address, long bytes) {
    long pageStart = address & -posix.pageBytes();
    posix.sync(pageStart, address + bytes - pageStart);
  }

  /** What this machine, or the container around this process, has. */
  private static long machineBytes() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
        ? machine.getTotalMemorySize()
        : Long.MAX_VALUE;
  }
}
