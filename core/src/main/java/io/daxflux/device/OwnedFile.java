package io.daxflux.device;

import io.daxflux.device.DeviceException.Reason;
import io.daxflux.device.FileStatus.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A file or device that is open, locked by us, and known to be what the path still leads to.
 *
 * <p>The lock lies on the file, under whatever path it is opened, and goes with the process. It
 * does not reach other nodes of the same device (a container's own {@code mknod}), nor programs
 * that do not ask for it.
 *
 * @param descriptor the open descriptor
 * @param status what it is
 * @param created whether this opening created it
 */
record OwnedFile(int descriptor, FileStatus status, boolean created) {
  /** Others may create, remove or replace the file while we open it, but hardly this often. */
  private static final int ATTEMPTS = 10;

  /**
   * Opens the path, or creates a file there for an owner if a size was given, and locks it.
   *
   * @param access what it is opened for; a reader creates nothing
   * @param admission told what is there before it is opened (to open some devices does something);
   *     throws where it is of no use
   * @param holdings gets descriptor, lock and, where it was created, the file
   */
  static OwnedFile open(
      Posix posix,
      DeviceOptions options,
      Access access,
      Consumer<FileStatus> admission,
      Holdings holdings) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<FileStatus> there = posix.status(options.path());
      there.ifPresentOrElse(admission, () -> requireCreatable(options, access));
      boolean created = there.isEmpty();
      int descriptor;
      try {
        descriptor = created ? posix.create(options.path()) : access.open(posix, options.path());
      } catch (RefusedCall refused) {
        if (refused.errno() == (created ? RefusedCall.EEXIST : RefusedCall.ENOENT)) {
          continue;
        }
        throw DeviceException.refused(
            options.path(), created ? "a new file" : access.opening, refused);
      }
      holdings.hold(() -> posix.close(descriptor));
      lock(posix, options.path(), access, descriptor, created);
      holdings.hold(() -> posix.unlock(descriptor));
      if (created) {
        holdings.undoOnFailure(() -> remove(posix, options.path(), descriptor));
      }
      FileStatus status = posix.status(descriptor);
      boolean sameAsAdmitted = created || status.identity().equals(there.orElseThrow().identity());
      if (sameAsAdmitted && leadsTo(posix, options.path(), status.identity())) {
        return new OwnedFile(descriptor, status, created);
      }
      holdings.release();
    }
    throw new DeviceException(
        Reason.REFUSED, options.path(), "a file that stays", "one replaced again and again");
  }

  private static void requireCreatable(DeviceOptions options, Access access) {
    if (access == Access.READER) {
      throw new DeviceException(
          Reason.MISSING, options.path(), "an existing file or device", "none");
    }
    Path path = Path.of(options.path()).toAbsolutePath().normalize();
    if (path.startsWith("/dev") && !path.startsWith("/dev/shm")) {
      // A mistyped device, which would become a file in the memory behind /dev.
      throw new DeviceException(Reason.MISSING, options.path(), "a device", "none");
    }
    if (options.bytes() == 0) {
      throw new DeviceException(
          Reason.MISSING,
          options.path(),
          "an existing file or device, as no size is given",
          "none");
    }
  }

  private static void lock(
      Posix posix, String path, Access access, int descriptor, boolean created) {
    try {
      access.lock(posix, descriptor);
    } catch (RefusedCall refused) {
      if (refused.errno() == RefusedCall.EAGAIN) {
        // Even if we created the file: whoever was quicker to lock it owns it now.
        Identity identity = posix.status(descriptor).identity();
        throw DeviceException.refused(Reason.LOCKED, path, access.lock, owner(identity), refused);
      }
      if (created) {
        remove(posix, path, descriptor);
      }
      throw DeviceException.refused(path, access.lock, refused);
    }
  }

  /** Removes the file unless the path leads to another's by now. */
  private static void remove(Posix posix, String path, int descriptor) {
    if (leadsTo(posix, path, posix.status(descriptor).identity())) {
      posix.unlink(path);
    }
  }

  private static boolean leadsTo(Posix posix, String path, Identity identity) {
    return posix.status(path).map(FileStatus::identity).filter(identity::equals).isPresent();
  }

  private static String owner(Identity identity) {
    OptionalLong pid = lockingProcess(identity);
    if (pid.isEmpty()) {
      return "another owner";
    }
    return pid.getAsLong() == ProcessHandle.current().pid()
        ? "it owned by this process (" + pid.getAsLong() + ")"
        : "it owned by process " + pid.getAsLong();
  }

  /**
   * Asks /proc/locks, whose lines read {@code 1: FLOCK ADVISORY WRITE pid major:minor:inode 0 EOF}.
   * Some file systems number their files differently there, and a container does not see the
   * processes outside: then nobody is found.
   */
  private static OptionalLong lockingProcess(Identity identity) {
    String file =
        "%02x:%02x:%d".formatted(identity.devMajor(), identity.devMinor(), identity.inode());
    try (Stream<String> locks = Files.lines(Path.of("/proc/locks"))) {
      return locks
          .map(line -> line.split("\\s+"))
          .filter(words -> words.length > 5 && words[1].equals("FLOCK") && words[5].equals(file))
          .mapToLong(words -> Long.parseLong(words[4]))
          .filter(pid -> pid > 0)
          .findFirst();
    } catch (IOException | RuntimeException unreadable) {
      return OptionalLong.empty();
    }
  }
}
