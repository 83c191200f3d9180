package io.daxflux.store;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What there is, without reading it: looks at chunks and takes them away, but holds none.
 *
 * <p>Belongs to a {@link ChunkStore}, and to its thread.
 */
public final class Catalogue {
  /** How many slots of the index one scan looks at, most of which may be free. */
  private static final int MOST_SLOTS = 4_096;

  private final Entries entries;

  Catalogue(Entries entries) {
    this.entries = entries;
  }

  /**
   * What is known of a chunk, but for what it lies behind.
   *
   * @return null where there is no such chunk
   */
  public @Nullable ChunkHead describe(ChunkKey key) {
    Entry entry = entries.get(key);
    return entry == null
        ? null
        : new ChunkHead(
            key, entry.form().layout(), entry.form().attributes(), null, entry.expiresAtMs);
  }

  /** How many of the keys are there, from the first up to the first miss. */
  public int prefixLength(List<ChunkKey> keys) {
    int length = 0;
    for (ChunkKey key : keys) {
      if (entries.get(key) == null) {
        break;
      }
      length++;
    }
    return length;
  }

  /** How many chunks there are, with those whose time is over and which nobody has removed yet. */
  public int count() {
    return entries.size();
  }

  /**
   * Visits some of the keys, in no order, from a cursor on. A chunk that is there from the call
   * with cursor 0 up to the one that returns 0 is visited at least once, whatever comes and goes in
   * between.
   *
   * @param atLeast how many to visit if there are, and if they are not scattered too widely
   * @return the cursor to go on from; 0 behind the last
   */
  public long scan(long cursor, int atLeast, Consumer<ChunkKey> visitor) {
    int next =
        entries.scan(
            (int) cursor,
            atLeast,
            MOST_SLOTS,
            entry -> {
              if (!entries.expiries().isOver(entry)) {
                visitor.accept(entry.key());
              }
            });
    return Integer.toUnsignedLong(next);
  }

  /** Visits every readable chunk with its record's place and its recency. */
  public void forEachRecorded(RecencyVisitor visitor) {
    entries.forEachReadable(
        entry -> {
          if (entry.isRecorded()) {
            visitor.visit(entry.firstUnit, entry.lastUse);
          }
        });
  }

  /** Is told when chunks were last used. */
  @FunctionalInterface
  public interface RecencyVisitor {
    /** The record at this unit is of a chunk that was last used then, in the order of uses. */
    void visit(long recordUnit, long lastUse);
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
