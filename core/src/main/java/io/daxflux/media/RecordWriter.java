package io.daxflux.media;

/** Writes and invalidates records. */
public final class RecordWriter {
  /** Writes a record. */
  public void write(long unit, ChunkRecord record) {
    throw new UnsupportedOperationException();
  }

  /** Makes a record none. */
  public void invalidate(long unit) {
    throw new UnsupportedOperationException();
  }

  /** Notes when a chunk was last used. */
  public void noteUse(long unit, long lastUse) {
    throw new UnsupportedOperationException();
  }
}
