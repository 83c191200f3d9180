package io.daxflux.device;

import java.nio.file.Path;
import java.util.concurrent.Executor;

/**
 * Which device to open, and how. Starts from {@link #of}; each {@code with} is a changed copy.
 *
 * @param path a device-dax character device, a regular file, or {@link #MEMORY} for anonymous
 *     memory
 * @param bytes how many bytes to map from its start; 0 for the whole device or file
 * @param sparse whether a file's storage is taken only as it is written, and memory may exceed the
 *     machine's. A full disk then shows as a memory fault, long after the opening
 * @param hugePages whether anonymous memory is asked to be of huge pages, unless sparse; where the
 *     system refuses, it is not
 * @param prefaulting whether the memory is touched in the background, so that nobody later pays for
 *     its first use
 * @param prefaultExecutor what runs that; it gets one task, which blocks its thread until all is
 *     touched or the device is closed
 */
public record DeviceOptions(
    String path,
    long bytes,
    boolean sparse,
    boolean hugePages,
    Prefaulting prefaulting,
    Executor prefaultExecutor) {
  /** The path that stands for anonymous memory. */
  public static final String MEMORY = "memory:";

  /**
   * Checks what needs no device.
   *
   * @throws IllegalArgumentException where the path cannot be one, or the size is negative
   */
  public DeviceOptions {
    if (path.isBlank()) {
      throw new IllegalArgumentException("device path: expected a path, found \"" + path + "\"");
    }
    var _ = Path.of(path); // refuses what no file system could have
    if (bytes < 0) {
      throw new IllegalArgumentException(
          "device bytes: expected 0 (the whole device) or more, found " + bytes);
    }
  }

  /** The whole of this device or file, with storage, touched in the background as its kind says. */
  public static DeviceOptions of(String path) {
    return new DeviceOptions(path, 0, false, true, Prefaulting.BY_KIND, Prefault.OWN_THREAD);
  }

  /** With this many bytes; 0 for the whole device or file. */
  public DeviceOptions withBytes(long bytes) {
    return new DeviceOptions(path, bytes, sparse, hugePages, prefaulting, prefaultExecutor);
  }

  /** With storage taken as it is written. */
  public DeviceOptions withSparse(boolean sparse) {
    return new DeviceOptions(path, bytes, sparse, hugePages, prefaulting, prefaultExecutor);
  }

  /** With or without huge pages for anonymous memory. */
  public DeviceOptions withHugePages(boolean hugePages) {
    return new DeviceOptions(path, bytes, sparse, hugePages, prefaulting, prefaultExecutor);
  }

  /** With or without touching in the background. */
  public DeviceOptions withPrefaulting(Prefaulting prefaulting) {
    return new DeviceOptions(path, bytes, sparse, hugePages, prefaulting, prefaultExecutor);
  }

  /** With this executor, in place of a daemon thread, for touching in the background. */
  public DeviceOptions withPrefaultExecutor(Executor prefaultExecutor) {
    return new DeviceOptions(path, bytes, sparse, hugePages, prefaulting, prefaultExecutor);
  }

  boolean isMemory() {
    return path.equals(MEMORY);
  }

  /** Whether to touch a device of which the kind says so, or says not. */
  boolean prefaults(boolean kindDoes) {
    return switch (prefaulting) {
      case BY_KIND -> kindDoes && !sparse;
      case ON -> true;
      case OFF -> false;
    };
  }

  /** Whether memory is touched in the background. */
  public enum Prefaulting {
    /**
     * Anonymous memory and files in memory (tmpfs) are, unless sparse; disks and device-dax not.
     */
    BY_KIND,
    /** It is. */
    ON,
    /** It is not. */
    OFF
  }
}
