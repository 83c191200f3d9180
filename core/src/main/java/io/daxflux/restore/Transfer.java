package io.daxflux.restore;

import org.jspecify.annotations.Nullable;

/**
 * One piece of work for the planner: bytes of the arena and the bytes of memory they correspond to.
 *
 * @param chunk the ordinal of the chunk these bytes belong to, in the order of the request
 * @param arenaOffset where they lie in the arena
 * @param memory which of the request's memory segments holds the other side
 * @param memoryOffset where they lie in it
 * @param bytes how many, at least 1
 * @param checked the payload they are a part of, if they are to be checksummed on their way; the
 *     transfers of a plan hold whole slices of it, in order; null if not
 */
public record Transfer(
    int chunk,
    long arenaOffset,
    int memory,
    long memoryOffset,
    long bytes,
    @Nullable CheckedPayload checked) {

  /** A transfer that is not checksummed. */
  public Transfer(int chunk, long arenaOffset, int memory, long memoryOffset, long bytes) {
    this(chunk, arenaOffset, memory, memoryOffset, bytes, null);
  }

  /** Whether the other's bytes follow this one's on both sides, so that one copy moves both. */
  boolean adjoins(Transfer next) {
    return arenaOffset + bytes == next.arenaOffset
        && memory == next.memory
        && memoryOffset + bytes == next.memoryOffset
        && (checked == null) == (next.checked == null);
  }

  /** Whether both hold bytes of one checked payload, for the same chunk. */
  boolean isCheckedWith(Transfer other) {
    return checked != null && chunk == other.chunk && checked.equals(other.checked);
  }

  /** By what transfers are put into the arena's order; a checked payload stays together. */
  long arenaOrder() {
    return checked == null ? arenaOffset : checked.arenaOffset();
  }

  /** Some of this transfer's bytes; they stay with their chunk. */
  Transfer part(long from, long partBytes) {
    return new Transfer(chunk, arenaOffset + from, memory, memoryOffset + from, partBytes, checked);
  }
}
