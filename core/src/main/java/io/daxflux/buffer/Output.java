package io.daxflux.buffer;

import io.daxflux.extent.Extent;

/**
 * The output memory of one chunk.
 *
 * <p>Owned by whoever allocated it, and given back exactly once to {@link BufferPool#free}. Its
 * bytes are undefined until they are written.
 */
public final class Output {
  final Extent extent;
  private final long offset;
  private final long bytes;

  Output(Extent extent, long offset, long bytes) {
    this.extent = extent;
    this.offset = offset;
    this.bytes = bytes;
  }

  /** Where it starts in the pool's memory. */
  public long offset() {
    return offset;
  }

  /** How many bytes it has. */
  public long bytes() {
    return bytes;
  }
}
