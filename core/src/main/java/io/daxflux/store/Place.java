package io.daxflux.store;

/**
 * Where something lies on a device.
 *
 * @param offset where it starts
 * @param bytes how long it is
 */
public record Place(long offset, long bytes) {
  /** Whether any byte is part of both. */
  public boolean overlaps(Place other) {
    return offset < other.offset + other.bytes && other.offset < offset + bytes;
  }
}
