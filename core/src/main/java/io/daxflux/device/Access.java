package io.daxflux.device;

/** What a file or device is opened for. */
enum Access {
  /** To be changed, by one owner beside whom there is nobody. */
  OWNER("read and write access", "sole ownership"),
  /** To be looked at, by any number of readers beside whom there is no owner. */
  READER("leave to read", "leave to read beside no owner");

  /** What is asked of the file system, in words. */
  final String opening;

  /** What the lock stands for, in words. */
  final String lock;

  Access(String opening, String lock) {
    this.opening = opening;
    this.lock = lock;
  }

  int open(Posix posix, String path) {
    return this == OWNER ? posix.open(path) : posix.openReadOnly(path);
  }

  void lock(Posix posix, int descriptor) {
    if (this == OWNER) {
      posix.lock(descriptor);
    } else {
      posix.lockShared(descriptor);
    }
  }
}
