package io.daxflux.store;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The readable entries that expire, the first one first. Costs heap for these alone, about 40 bytes
 * each; those that do not expire pay nothing.
 */
final class Expiries {
  static final long NEVER = 0;

  private final LongSupplier epochMs;
  private final TreeSet<Entry> byTime =
      new TreeSet<>(
          Comparator.<Entry>comparingLong(entry -> entry.expiresAtMs)
              .thenComparing(Entry::compareKeys));

  /**
   * @param epochMs the clock that expiries are dated by
   */
  Expiries(LongSupplier epochMs) {
    this.epochMs = epochMs;
  }

  /** Whether an entry's time is over. */
  boolean isOver(Entry entry) {
    return entry.expiresAtMs != NEVER && entry.expiresAtMs <= epochMs.getAsLong();
  }

  void entered(Entry entry) {
    if (entry.expiresAtMs != NEVER) {
      byTime.add(entry);
    }
  }

  void left(Entry entry) {
    if (entry.expiresAtMs != NEVER) {
      byTime.remove(entry);
    }
  }

  /** Gives a readable entry another time. */
  void change(Entry entry, long expiresAtMs) {
    left(entry);
    entry.expiresAtMs = expiresAtMs;
    entered(entry);
  }

  /** The entry that expires first; null for none. */
  @Nullable Entry first() {
    return byTime.isEmpty() ? null : byTime.first();
  }
}
