package io.daxflux.device;

/**
 * What the file system says of a path or an open descriptor.
 *
 * @param type what it is
 * @param bytes its length; 0 for devices
 * @param allocatedBytes how much storage it takes
 * @param rdevMajor for devices, which driver
 * @param rdevMinor for devices, which of the driver's
 * @param identity which file it is, under whatever path
 */
record FileStatus(
    Type type, long bytes, long allocatedBytes, int rdevMajor, int rdevMinor, Identity identity) {

  /** Names a file on this machine for as long as it exists. */
  record Identity(int devMajor, int devMinor, long inode) {}

  /** The types a file can have, as messages call them. */
  enum Type {
    FILE("a file"),
    DIRECTORY("a directory"),
    CHARACTER_DEVICE("a character device"),
    BLOCK_DEVICE("a block device"),
    OTHER("neither file nor device");

    final String text;

    Type(String text) {
      this.text = text;
    }

    /** The type in the upper bits of a {@code st_mode}. */
    static Type ofMode(int mode) {
      return switch (mode & 0170000) {
        case 0100000 -> FILE;
        case 0040000 -> DIRECTORY;
        case 0020000 -> CHARACTER_DEVICE;
        case 0060000 -> BLOCK_DEVICE;
        default -> OTHER;
      };
    }
  }
}
