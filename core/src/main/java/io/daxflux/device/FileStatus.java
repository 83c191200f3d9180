package io.daxflux.device;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;

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

  /** {@code struct statx}: the same on every architecture, unlike {@code struct stat}. */
  static final int STATX_BYTES = 256;

  private static final int STX_MODE = 28;
  private static final int STX_INO = 32;
  private static final int STX_SIZE = 40;
  private static final int STX_BLOCKS = 48;
  private static final int STX_RDEV_MAJOR = 128;
  private static final int STX_RDEV_MINOR = 132;
  private static final int STX_DEV_MAJOR = 136;
  private static final int STX_DEV_MINOR = 140;

  /** What {@code stx_blocks} counts, whatever the file system's own blocks are. */
  private static final int STAT_BLOCK_BYTES = 512;

  /** Reads a {@code struct statx}. */
  static FileStatus ofStatx(MemorySegment statx) {
    return new FileStatus(
        Type.ofMode(Short.toUnsignedInt(statx.get(JAVA_SHORT, STX_MODE))),
        statx.get(JAVA_LONG, STX_SIZE),
        statx.get(JAVA_LONG, STX_BLOCKS) * STAT_BLOCK_BYTES,
        statx.get(JAVA_INT, STX_RDEV_MAJOR),
        statx.get(JAVA_INT, STX_RDEV_MINOR),
        new Identity(
            statx.get(JAVA_INT, STX_DEV_MAJOR),
            statx.get(JAVA_INT, STX_DEV_MINOR),
            statx.get(JAVA_LONG, STX_INO)));
  }

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
