package io.daxflux.device;

import io.daxflux.device.DeviceException.Reason;

/**
 * Gives a file its length and its storage, so that a full disk shows when the file is opened and
 * not as a fault when it is written.
 */
final class FileSpace {
  /** A signal ends a call half-way, and what a call did not finish may be undone: so, in steps. */
  private static final long STEP_BYTES = 64L << 20;

  private final Posix posix;
  private final DeviceOptions options;
  private final OwnedFile file;

  FileSpace(Posix posix, DeviceOptions options, OwnedFile file) {
    this.posix = posix;
    this.options = options;
    this.file = file;
  }

  /** How many bytes are asked for: at least 1. */
  long askedBytes() {
    long bytes = options.bytes() == 0 ? file.status().bytes() : options.bytes();
    if (bytes == 0) {
      throw new DeviceException(
          Reason.EMPTY, options.path(), "the whole file, as no size is given", "an empty one");
    }
    return bytes;
  }

  /**
   * Makes the file at least so long, with storage up to there unless sparse.
   *
   * @param holdings gets the undoing of a longer length
   */
  void provide(long bytes, Holdings holdings) {
    long lengthBytes = file.status().bytes();
    boolean grows = bytes > lengthBytes;
    if (grows && !file.created()) {
      holdings.undoOnFailure(() -> posix.truncate(file.descriptor(), lengthBytes));
    }
    try {
      if (!options.sparse()) {
        allocate(bytes);
      } else if (grows) {
        posix.truncate(file.descriptor(), bytes);
      }
    } catch (RefusedCall refused) {
      throw DeviceException.refused(options.path(), asked(bytes), refused);
    }
  }

  private void allocate(long bytes) {
    // Asked first, because filling a disk to its brim to find out would be rude, and because what
    // was allocated in holes of an existing file would stay.
    Volume volume = posix.volume(file.descriptor());
    if (volume.lacks(bytes - file.status().allocatedBytes())) {
      throw new DeviceException(
          Reason.NO_SPACE,
          options.path(),
          asked(bytes),
          volume.freeBytes()
              + " bytes free beside "
              + file.status().allocatedBytes()
              + " it has already");
    }
    for (long from = 0; from < bytes; ) {
      long step = Math.min(STEP_BYTES, bytes - from);
      try {
        posix.allocate(file.descriptor(), from, step);
        from += step;
      } catch (RefusedCall refused) {
        if (refused.errno() != RefusedCall.EINTR) {
          throw refused;
        }
      }
    }
  }

  private static String asked(long bytes) {
    return "a file of " + bytes + " bytes";
  }
}
