package io.daxflux.store;

import io.daxflux.checksum.SliceSums;
import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import org.jspecify.annotations.Nullable;

/**
 * The right to read one chunk's extent. While it is out, the extent is neither evicted nor reused:
 * a chunk that is removed meanwhile can still be read to its end.
 *
 * <p>Owned by one reader, which gives it back exactly once, to {@link ChunkStore#release} or {@link
 * ChunkStore#condemn}. What it says about the chunk may be read from any thread.
 */
public final class Lease {
  final Entry entry;
  private final ChunkKey key;
  final long arenaOffset;
  final long takenAtNs;
  @Nullable Lease older;
  @Nullable Lease newer;
  boolean open = true;

  Lease(Entry entry, ChunkKey key, long arenaOffset, long takenAtNs) {
    this.entry = entry;
    this.key = key;
    this.arenaOffset = arenaOffset;
    this.takenAtNs = takenAtNs;
  }

  /** The chunk's name. */
  public ChunkKey key() {
    return key;
  }

  /** What its bytes mean. */
  public ChunkLayout layout() {
    return entry.form().layout();
  }

  /** The opaque bytes that travel with it. */
  public Attributes attributes() {
    return entry.form().attributes();
  }

  /** Where its bytes start in the arena. */
  public long arenaOffset() {
    return arenaOffset;
  }

  /** How many bytes it has. */
  public long bytes() {
    return entry.bytes();
  }

  /** What its bytes must agree with; may be unknown. */
  public SliceSums sums() {
    return entry.sums();
  }

  /** Whether its bytes were found to agree since the store was opened. The store's thread only. */
  public boolean isVerified() {
    return entry.isVerified();
  }
}
