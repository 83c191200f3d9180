package io.daxflux.device;

/**
 * The file system a file lies on.
 *
 * @param magic the number by which Linux knows its kind
 * @param bytes how much it holds; 0 where it does not say
 * @param freeBytes how much of that this user may still take
 */
record Volume(long magic, long bytes, long freeBytes) {
  private static final int TMPFS = 0x01021994;
  private static final int RAMFS = 0x858458f6;
  private static final int HUGETLBFS = 0x958458f6;

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
