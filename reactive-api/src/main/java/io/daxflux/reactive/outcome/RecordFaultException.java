package io.daxflux.reactive.outcome;

import io.daxflux.chunk.ChunkKey;

/**
 * A chunk was removed, but its record on the device could not be invalidated: this store has it no
 * more, and one that opens the device anew may find it again.
 */
public final class RecordFaultException extends StoreException {
  private static final long serialVersionUID = 1L;

  private final transient ChunkKey key;

  /** Says of which chunk, and what the device said. */
  public RecordFaultException(ChunkKey key, Throwable cause) {
    super(
        Category.CHECK_DEVICE,
        "remove "
            + key
            + ": expected its record to be invalidated on the device, found "
            + cause
            + "; it is removed here, but may be found again when the device is opened anew",
        cause);
    this.key = key;
  }

  /** The chunk's name. */
  public ChunkKey key() {
    return key;
  }
}
