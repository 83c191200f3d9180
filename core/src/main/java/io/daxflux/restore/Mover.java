package io.daxflux.restore;

/**
 * Moves bytes between the arena and a request's memory. All of it may throw {@link InternalError}
 * where memory faults, at once or, from compiled code, only later ({@link
 * io.daxflux.device.Faults}).
 *
 * <p>Belongs to one copy, and so to one thread.
 */
interface Mover {
  /** Moves some bytes. */
  void move(long arenaOffset, int memory, long memoryOffset, long bytes);

  /**
   * Moves some bytes and checksums a private copy of them that is known to be whole: a fault that
   * was noted is settled before. If it came up within a checksum, the memory that is summed could
   * stay marked as in use, and then its owner can never free it.
   *
   * @param checks has begun with this piece
   */
  void moveChecked(Transfer piece, SliceChecks checks);

  /** What {@link #moveChecked} sums with. */
  RunningSum sum();

  /** The most that {@link #moveChecked} is best given at once. */
  long checkedPieceBytes();

  /** Uses the arena's bytes alone, the way a move does; faults only where the arena does. */
  void touch(long arenaOffset, long bytes);
}
