package io.daxflux.store;

import io.daxflux.chunk.ChunkKey;
import org.jspecify.annotations.Nullable;

/**
 * What there is, without reading it: looks at chunks and takes them away, but holds none.
 *
 * <p>Belongs to a {@link ChunkStore}, and to its thread.
 */
public final class Catalogue {
  private final Entries entries;

  Catalogue(Entries entries) {
    this.entries = entries;
  }

  /** Whether there is a chunk whose time is over, and which nobody has removed yet. */
  public boolean hasExpired(ChunkKey key) {
    return entries.hasExpired(key);
  }

  /**
   * Lets a chunk expire at another time.
   *
   * @param expiresAtMs milliseconds of the epoch; 0 for never
   * @return what is to be changed on the device, if anything; null where there is no such chunk
   */
  public @Nullable ExpiryChange expire(ChunkKey key, long expiresAtMs) {
    Entry entry = entries.get(key);
    if (entry == null) {
      return null;
    }
    boolean recorded = entry.isRecorded() && entry.expiresAtMs != expiresAtMs;
    entries.expiries().change(entry, expiresAtMs);
    return new ExpiryChange(key, recorded ? entry.firstUnit : ExpiryChange.NONE, expiresAtMs);
  }

  /** When the next chunk expires, in milliseconds of the epoch; the greatest number for never. */
  public long nextExpiryMs() {
    Entry first = entries.expiries().first();
    return first == null ? Long.MAX_VALUE : first.expiresAtMs;
  }

  /**
   * Removes chunks whose time is over. Readers finish.
   *
   * @return how many
   */
  public int removeExpired(int atMost) {
    int removed = 0;
    while (removed < atMost) {
      Entry first = entries.expiries().first();
      if (first == null || !entries.expiries().isOver(first)) {
        break;
      }
      entries.expire(first, first.key());
      removed++;
    }
    return removed;
  }
}
