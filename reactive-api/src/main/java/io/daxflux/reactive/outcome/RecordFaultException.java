package io.daxflux.reactive.outcome;

import io.daxflux.chunk.ChunkKey;

/**
 * A chunk was removed or is to expire at another time, but its record on the device could not be
 * changed: this store knows, and one that opens the device anew may not.
 */
public final class RecordFaultException extends StoreException {
  private static final long serialVersionUID = 1L;

  private final transient ChunkKey key;
  private final boolean expiry;

  private RecordFaultException(
      ChunkKey key, String what, Throwable cause, String consequence, boolean expiry) {
    super(
        Category.CHECK_DEVICE, what + " on the device, found " + cause + "; " + consequence, cause);
    this.key = key;
    this.expiry = expiry;
  }

  /** The record of a chunk that was removed. */
  public static RecordFaultException ofRemoval(ChunkKey key, Throwable cause) {
    return new RecordFaultException(
        key,
        "remove " + key + ": expected its record to be invalidated",
        cause,
        "it is removed here, but may be found again when the device is opened anew",
        false);
  }

  /** The record of a chunk that is to expire at another time. */
  public static RecordFaultException ofExpiry(ChunkKey key, Throwable cause) {
    return new RecordFaultException(
        key,
        "expire " + key + ": expected its record to be rewritten",
        cause,
        "the new time holds here, but may not when the device is opened anew",
        true);
  }

  /** Whether its expiry was to change; otherwise it was to be removed. */
  public boolean isExpiry() {
    return expiry;
  }

  /** The chunk's name. */
  public ChunkKey key() {
    return key;
  }
}
