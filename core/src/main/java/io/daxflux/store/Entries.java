package io.daxflux.store;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.media.Recovery;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one arena: the index that finds those that are readable, the holds that keep them,
 * and the orders in which they make room. An entry's places are free again once it is dropped and
 * its last lease is back.
 */
final class Entries {
  private final Journal journal;
  private final StoreObserver observer;
  private final Forms forms;
  private final boolean checked;
  private final EvictionOrders orders;
  private final Places places;
  private final Index index = new Index();
  private final Lingering lingering = new Lingering();
  private final Expiries expiries;
  private long bytes;
  private long uses;
  private int pinned;

  /**
   * @param found what was found on the device; null for nothing
   */
  Entries(StoreSetup setup, @Nullable Recovery found) {
    this.journal = setup.journal();
    this.observer = setup.observer();
    this.expiries = new Expiries(setup.epochMs());
    this.orders = EvictionOrders.of(setup.cachePolicy(), setup.layout());
    this.forms = new Forms(setup.layout());
    this.checked = setup.checked();
    Adoption adoption = new Adoption(setup.layout(), forms, found);
    this.places =
        new Places(setup.layout(), adoption.blocks(), adoption.units(), orders, this::evict);
    adoption.forEach(
        (entry, key) -> {
          uses = Math.max(uses, entry.lastUse);
          enter(entry, key);
        });
  }

  /** The form of what is put now. */
  Form form(ChunkHead head) {
    return forms.of(head, checked);
  }

  Places places() {
    return places;
  }

  Expiries expiries() {
    return expiries;
  }

  /** The readable entry of a key; null where there is none, or its time is over. */
  @Nullable Entry get(ChunkKey key) {
    Entry entry = index.get(key);
    return entry == null || expiries.isOver(entry) ? null : entry;
  }

  /** Whether there is an entry of this key whose time is over. */
  boolean hasExpired(ChunkKey key) {
    Entry entry = index.get(key);
    return entry != null && expiries.isOver(entry);
  }

  /**
   * Makes the entry of a key go because somebody wants it to.
   *
   * @return whether there was one whose time was not over
   */
  boolean remove(ChunkKey key) {
    Entry entry = index.get(key);
    if (entry == null) {
      return false;
    }
    if (expiries.isOver(entry)) {
      expire(entry, key);
      return false;
    }
    drop(entry, key);
    observer.removed(key, entry.bytes());
    return true;
  }

  /** Visits some readable entries from a cursor on, as {@link Index#scan} does. */
  int scan(int cursor, int atLeast, int mostSlots, Consumer<Entry> visitor) {
    return index.scan(cursor, atLeast, mostSlots, visitor);
  }

  /** Visits all readable entries, in no order. */
  void forEachReadable(Consumer<Entry> visitor) {
    index.forEach(visitor);
  }

  // --- Life

  /** Makes a written entry readable. */
  void enter(Entry entry, ChunkKey key) {
    entry.become(Entry.State.READABLE);
    index.add(key, entry);
    expiries.entered(entry);
    bytes += entry.bytes();
    places.becameEvictable(entry);
    orders.of(entry).added(entry);
  }

  /** Makes a readable entry go because its time is over. */
  void expire(Entry entry, ChunkKey key) {
    drop(entry, key);
    observer.expired(key, entry.bytes());
  }

  private void evict(Entry entry) {
    ChunkKey key = entry.key();
    drop(entry, key);
    observer.evicted(key, entry.bytes());
  }

  /** Takes a readable entry out of the index. */
  void drop(Entry entry, ChunkKey key) {
    index.remove(key, entry);
    expiries.left(entry);
    bytes -= entry.bytes();
    orders.of(entry).removed(entry);
    if (entry.isEvictable()) {
      places.noLongerEvictable(entry);
    }
    if (entry.pins > 0) {
      pinned--;
    }
    bury(entry, key, 0);
  }

  /**
   * Ends an entry that is not, or no longer, in the index.
   *
   * @param usableAfter what must be over before its places are used anew, besides the invalidation
   *     of its record
   */
  void bury(Entry entry, ChunkKey key, long usableAfter) {
    entry.become(Entry.State.DROPPED);
    long after = Math.max(usableAfter, invalidate(entry, key));
    if (entry.leases > 0) {
      lingering.add(entry, after);
    } else {
      free(entry, after);
    }
  }

  /**
   * Has an entry's record invalidated, if it has one that was written or will be.
   *
   * @return the number of that event; 0 for none
   */
  long invalidate(Entry entry, ChunkKey key) {
    return places.invalidate(entry, key, journal);
  }

  /** Puts an entry's extent out of use: it is not handed out again. */
  void quarantine(Entry entry) {
    if (!entry.isQuarantined()) {
      entry.quarantine();
      places.quarantined(entry);
    }
  }

  private void free(Entry entry, long usableAfter) {
    entry.become(Entry.State.FREED);
    places.free(entry, usableAfter);
  }

  // --- Recency

  /** Notes that an entry is used now, which leaves its place in the order of eviction. */
  void stamp(Entry entry) {
    entry.lastUse = ++uses;
  }

  /** Makes a readable entry recent. */
  void used(Entry entry) {
    stamp(entry);
    orders.of(entry).used(entry);
  }

  // --- Holds

  void lease(Entry entry) {
    hold(entry);
    entry.leases++;
  }

  void release(Entry entry) {
    entry.leases--;
    unhold(entry);
  }

  void pin(Entry entry) {
    hold(entry);
    if (entry.pins++ == 0) {
      pinned++;
    }
  }

  void unpin(Entry entry) {
    if (--entry.pins == 0 && entry.isReadable()) {
      pinned--;
    }
    unhold(entry);
  }

  /** Off the eviction order while the first hold is on it. */
  private void hold(Entry entry) {
    if (entry.isEvictable()) {
      places.noLongerEvictable(entry);
      orders.of(entry).withdrawn(entry);
    }
  }

  private void unhold(Entry entry) {
    if (entry.isEvictable()) {
      places.becameEvictable(entry);
      orders.of(entry).restored(entry);
    } else if (entry.state() == Entry.State.DROPPED && entry.leases == 0) {
      free(entry, lingering.remove(entry));
    }
  }

  // --- Figures

  int size() {
    return index.size();
  }

  /** The payload of all readable entries. */
  long bytes() {
    return bytes;
  }

  /** How many readable entries are pinned at least once. */
  int pinned() {
    return pinned;
  }

  /** How many entries are out of the index and still being read. */
  int dropped() {
    return lingering.size();
  }
}
