package io.daxflux.net.serve;

/** One connection's part of the {@link CommonRoom}. On its event loop. */
final class Room {
  /** What a connection may have where there is little for all. */
  static final int LITTLE_BYTES = 64 << 10;

  private final int mostBytes;
  private final CommonRoom common;
  private long keptBytes;
  private long unfinishedBytes;

  Room(int mostBytes, CommonRoom common) {
    this.mostBytes = mostBytes;
    this.common = common;
  }

  /** How much it may have at the moment. */
  int mostBytes() {
    return common.isScarce() ? Math.min(mostBytes, LITTLE_BYTES) : mostBytes;
  }

  void keep(long bytes) {
    if (bytes != 0) {
      keptBytes += bytes;
      common.keep(bytes);
    }
  }

  void giveBack(long bytes) {
    keep(-bytes);
  }

  /** Says how much there is of a request that is not whole, or not carried out by turns. */
  void keepUnfinished(long bytes) {
    keep(bytes - unfinishedBytes);
    unfinishedBytes = bytes;
  }

  /** Whether it has more than a little of what is used up. */
  boolean isOverdrawn() {
    return keptBytes > LITTLE_BYTES && common.isUsedUp();
  }
}
