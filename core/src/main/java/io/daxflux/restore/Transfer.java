package io.daxflux.restore;

/**
 * One piece of work for the planner: bytes of the arena and the bytes of memory they correspond to.
 *
 * @param chunk the ordinal of the chunk these bytes belong to, in the order of the request
 * @param arenaOffset where they lie in the arena
 * @param memory which of the request's memory segments holds the other side
 * @param memoryOffset where they lie in it
 * @param bytes how many, at least 1
 */
public record Transfer(int chunk, long arenaOffset, int memory, long memoryOffset, long bytes) {

  /** Whether the other's bytes follow this one's on both sides, so that one copy moves both. */
  boolean adjoins(Transfer next) {
    return arenaOffset + bytes == next.arenaOffset
        && memory == next.memory
        && memoryOffset + bytes == next.memoryOffset;
  }

  /** The first bytes of this transfer. */
  Transfer head(long headBytes) {
    return part(0, headBytes);
  }

  /** What follows the first bytes of this transfer. */
  Transfer tail(long headBytes) {
    return part(headBytes, bytes - headBytes);
  }

  /** Some of this transfer's bytes; they stay with their chunk. */
  Transfer part(long from, long partBytes) {
    return new Transfer(chunk, arenaOffset + from, memory, memoryOffset + from, partBytes);
  }
}
