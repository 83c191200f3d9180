package io.daxflux.store;

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
  private final EvictionOrders orders;
  private final Places places;
  private final Index index = new Index();
  private long bytes;
  private long uses;
  private int pinned;
  private int dropped;

  /**
   * @param found what was found on the device; null for nothing
   */
  Entries(StoreSetup setup, @Nullable Recovery found) {
    this.journal = setup.journal();
    this.observer = setup.observer();
    this.orders = EvictionOrders.of(setup.cachePolicy(), setup.layout());
    Adoption adoption = new Adoption(setup.layout(), found);
    this.places =
        new Places(
            setup.layout(),
            setup.checked(),
            adoption.blocks(),
            adoption.units(),
            orders,
            this::evict);
    for (Entry entry : adoption.entries()) {
      uses = Math.max(uses, entry.lastUse);
      enter(entry);
    }
  }

  Places places() {
    return places;
  }

  /** The readable entry of a key; null where there is none. */
  @Nullable Entry get(ChunkKey key) {
    return index.get(key);
  }

  /** Visits all readable entries, in no order. */
  void forEachReadable(Consumer<Entry> visitor) {
    index.forEach(visitor);
  }

  // --- Life

  /** Makes a written entry readable. */
  void enter(Entry entry) {
    entry.state = Entry.State.READABLE;
    index.add(entry);
    bytes += entry.bytes;
    places.becameEvictable(entry);
    orders.of(entry).added(entry);
  }

  /** Makes a readable entry go because somebody wants it to. */
  void remove(Entry entry) {
    drop(entry);
    observer.removed(entry.key, entry.bytes);
  }

  private void evict(Entry entry) {
    drop(entry);
    observer.evicted(entry.key, entry.bytes);
  }

  /** Takes a readable entry out of the index. */
  void drop(Entry entry) {
    index.remove(entry);
    bytes -= entry.bytes;
    orders.of(entry).removed(entry);
    if (entry.isEvictable()) {
      places.noLongerEvictable(entry);
    }
    if (entry.pins > 0) {
      pinned--;
    }
    bury(entry);
  }

  /** Ends an entry that is not, or no longer, in the index. */
  void bury(Entry entry) {
    entry.state = Entry.State.DROPPED;
    dropped++;
    invalidate(entry);
    reclaim(entry);
  }

  /** Has an entry's record invalidated, if it has one that was written or will be. */
  void invalidate(Entry entry) {
    places.invalidate(entry, journal);
  }

  /** Puts an entry's extent out of use: it is not handed out again. */
  void quarantine(Entry entry) {
    if (!entry.quarantined) {
      entry.quarantined = true;
      places.quarantined(entry);
    }
  }

  private void reclaim(Entry entry) {
    if (entry.state != Entry.State.DROPPED || entry.leases > 0) {
      return;
    }
    entry.state = Entry.State.FREED;
    dropped--;
    places.free(entry);
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
    if (--entry.pins == 0 && entry.state == Entry.State.READABLE) {
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
    } else {
      reclaim(entry);
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
    return dropped;
  }
}
