package io.daxflux.device;

import com.sun.management.OperatingSystemMXBean;
import io.daxflux.device.Device.Kind;
import io.daxflux.device.DeviceException.Reason;
import io.daxflux.device.FileStatus.Type;
import io.daxflux.device.NativeHelper.Loading.Loaded;
import io.daxflux.device.NativeHelper.Loading.Missing;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * One opening of one device: look, open, lock, look again, show, give it space, map, touch. Where a
 * step fails, all before it are undone, last first.
 */
final class Opening {
  private final DeviceOptions options;
  private final Posix posix;
  private final Path sysfs;
  private final NativeHelper.Loading helper;
  private final Holdings holdings = new Holdings();

  /** An opening that has not begun, with the helper of this process. */
  Opening(DeviceOptions options, Posix posix, Path sysfs) {
    this(options, posix, sysfs, NativeHelper.system());
  }

  /**
   * An opening that has not begun.
   *
   * @param sysfs where the kernel describes devices
   */
  Opening(DeviceOptions options, Posix posix, Path sysfs, NativeHelper.Loading helper) {
    this.options = options;
    this.posix = posix;
    this.sysfs = sysfs;
    this.helper = helper;
  }

  /** Opens the device, whatever it holds; called once. */
  Device open() {
    return open((_, bytes) -> bytes);
  }

  /** Opens the device, if this look at it says so; called once. */
  Device open(FirstLook look) {
    return opened(() -> options.isMemory() ? memory() : fileOrDax(look));
  }

  /** Opens the whole of the device to be read, and changes nothing; called once. */
  Device openReadOnly() {
    return opened(this::reading);
  }

  private Device opened(Supplier<Device> steps) {
    try {
      Device device = steps.get();
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
    if (options.hugePages() && !options.sparse()) {
      var _ = memory.tryHugePages(); // a store's output memory is refused them too, and says so
    }
    CompletionStage<Long> prefaulted =
        options.prefaults(true)
            ? memory.prefault(options.prefaultExecutor())
            : CompletableFuture.completedStage(0L);
    return mapped(Kind.MEMORY, memory.memory(), Persistence.ofMemory(), prefaulted);
  }

  private Device reading() {
    if (options.isMemory()) {
      throw new DeviceException(
          Reason.WRONG_TYPE, options.path(), "a device or file to read", "anonymous memory");
    }
    OwnedFile file = OwnedFile.open(posix, options, Access.READER, this::admit, holdings);
    Arena arena = Arena.ofShared();
    Device device = asFound(file, arena, holdings);
    holdings.hold(arena::close);
    return device;
  }

  private Device fileOrDax(FirstLook look) {
    OwnedFile file = OwnedFile.open(posix, options, Access.OWNER, this::admit, holdings);
    return file.status().type() == Type.FILE ? file(file, look) : dax(file, look);
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

  private Device file(OwnedFile file, FirstLook look) {
    FileSpace space = new FileSpace(posix, options, file);
    long bytes = admitted(file, look, space.askedBytes());
    space.provide(bytes, holdings);
    boolean inMemory = posix.volume(file.descriptor()).inMemory();
    if (inMemory) {
      return pages(file, bytes, true);
    }
    if (file.created()) {
      keepName();
    }
    return directly(file, bytes).orElseGet(() -> pages(file, bytes, false));
  }

  /** A file behind the system's cache, or one that lies in it. */
  private Device pages(OwnedFile file, long bytes, boolean inMemory) {
    MemorySegment memory = map(file, bytes);
    return mapped(
        Kind.FILE,
        memory,
        Persistence.ofPages(posix, inMemory),
        prefaulted(memory, inMemory, inMemory));
  }

  /** A file on persistent memory that is mapped itself; empty where that cannot be had. */
  private Optional<Device> directly(OwnedFile file, long bytes) {
    if (!(helper instanceof Loaded(NativeHelper loaded))) {
      return Optional.empty();
    }
    return mapSynchronously(file, bytes)
        .map(
            memory ->
                mapped(
                    Kind.FILE,
                    memory,
                    Persistence.ofLines(loaded),
                    prefaulted(memory, false, true)));
  }

  /** After a loss of power a new file is there if its folder says so. */
  private void keepName() {
    String folder = Path.of(options.path()).toAbsolutePath().getParent().toString();
    try {
      posix.syncFolder(folder);
    } catch (RefusedCall refused) {
      throw DeviceException.refused(options.path(), "its name to last in " + folder, refused);
    }
  }

  private Device dax(OwnedFile file, FirstLook look) {
    DaxGeometry geometry = DaxGeometry.of(options.path(), file.status(), sysfs);
    long bytes = geometry.mappable(options.path(), options.bytes());
    var _ = admitted(file, look, bytes);
    MemorySegment memory = map(file, bytes);
    return mapped(Kind.DEVDAX, memory, persistenceOf(geometry), prefaulted(memory, false, true));
  }

  /** No system call persists on a device-dax. */
  private Persistence persistenceOf(DaxGeometry geometry) {
    if (!geometry.persistent()) {
      return Persistence.ofVolatileDax();
    }
    return switch (helper) {
      case Loaded(NativeHelper loaded) -> Persistence.ofLines(loaded);
      case Missing(String reason) -> Persistence.ofLinesWithoutHelper(reason);
    };
  }

  private Device mapped(
      Kind kind, MemorySegment memory, Persistence persistence, CompletionStage<Long> prefaulted) {
    return new MappedDevice(options.path(), kind, memory, persistence, prefaulted, holdings);
  }

  /** How many of these bytes are of use. */
  private long admitted(OwnedFile file, FirstLook look, long bytes) {
    try (Arena arena = Arena.ofShared()) {
      return look.admit(asFound(file, arena, new Holdings()), bytes);
    }
  }

  /** All that is there, to be read until the arena is closed. */
  private Device asFound(OwnedFile file, Arena arena, Holdings held) {
    boolean isFile = file.status().type() == Type.FILE;
    long bytes =
        isFile
            ? file.status().bytes()
            : DaxGeometry.of(options.path(), file.status(), sysfs).bytes();
    try {
      MemorySegment found =
          bytes == 0
              ? MemorySegment.NULL.asReadOnly() // nothing is not mapped
              : posix.mapReadOnly(arena, file.descriptor(), bytes);
      return new MappedDevice(
          options.path(),
          isFile ? Kind.FILE : Kind.DEVDAX,
          found,
          Persistence.ofReading(),
          CompletableFuture.completedStage(0L),
          held);
    } catch (RefusedCall refused) {
      throw notMappable(bytes, refused);
    }
  }

  private MemorySegment map(OwnedFile file, long bytes) {
    Arena arena = Arena.ofShared();
    try {
      MemorySegment memory = posix.map(arena, file.descriptor(), bytes);
      holdings.hold(arena::close);
      return memory;
    } catch (RefusedCall refused) {
      throw notMappable(bytes, refused);
    }
  }

  private Optional<MemorySegment> mapSynchronously(OwnedFile file, long bytes) {
    Arena arena = Arena.ofShared();
    try {
      Optional<MemorySegment> memory = posix.mapSynchronously(arena, file.descriptor(), bytes);
      memory.ifPresent(mapped -> holdings.hold(arena::close));
      return memory;
    } catch (RefusedCall refused) {
      throw notMappable(bytes, refused);
    }
  }

  private DeviceException notMappable(long bytes, RefusedCall refused) {
    return DeviceException.refused(
        Reason.NOT_MAPPABLE, options.path(), "a mapping of " + bytes + " bytes", refused);
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

  /** What this machine, or the container around this process, has. */
  private static long machineBytes() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
        ? machine.getTotalMemorySize()
        : Long.MAX_VALUE;
  }
}
