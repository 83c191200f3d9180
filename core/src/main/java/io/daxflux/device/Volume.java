package io.daxflux.device;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/**
 * The file system a file lies on.
 *
 * @param magic the number by which Linux knows its kind
 * @param bytes how much it holds; 0 where it does not say
 * @param freeBytes how much of that this user may still take
 */
record Volume(long magic, long bytes, long freeBytes) {
  /** {@code struct statfs}: words of 8 bytes on every 64-bit architecture. */
  static final int STATFS_BYTES = 120;

  private static final int F_TYPE = 0;
  private static final int F_BSIZE = 8;
  private static final int F_BLOCKS = 16;
  private static final int F_BAVAIL = 32;

  private static final int TMPFS = 0x01021994;
  private static final int RAMFS = 0x858458f6;
  private static final int HUGETLBFS = 0x958458f6;

  /** Reads a {@code struct statfs}. */
  static Volume ofStatfs(MemorySegment statfs) {
    long blockBytes = statfs.get(JAVA_LONG, F_BSIZE);
    return new Volume(
        statfs.get(JAVA_LONG, F_TYPE),
        statfs.get(JAVA_LONG, F_BLOCKS) * blockBytes,
        statfs.get(JAVA_LONG, F_BAVAIL) * blockBytes);
  }

  /** Whether its files live in memory: they survive the process and nothing else. */
  boolean inMemory() {
    int kind = (int) magic;
    return kind == TMPFS || kind == RAMFS || kind == HUGETLBFS;
  }

  /** Whether it is known to have no room for so much more. */
  boolean lacks(long moreBytes) {
    return bytes > 0 && moreBytes > freeBytes;
  }
}
