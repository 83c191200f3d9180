package io.daxflux.store;

import io.daxflux.chunk.ChunkKey;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A table of the {@link Index}: a power of two of slots, at most two thirds of them taken. An entry
 * lies in the first free slot from its key's own.
 *
 * <p>It is cut into pages, which are made when they are first written to. So no large array has to
 * be cleared at once, nor has the collector to find a place for one.
 */
final class Slots {
  private static final int PAGE_BITS = 12;
  private static final int PAGE_SLOTS = 1 << PAGE_BITS;

  private final @Nullable Entry @Nullable [][] entries;
  private final int @Nullable [][] hashes;
  private final int mask;
  private int size;

  Slots(int count) {
    int pages = Math.ceilDiv(count, PAGE_SLOTS);
    entries = new Entry[pages][];
    hashes = new int[pages][];
    mask = count - 1;
  }

  /** How many slots there are. */
  int count() {
    return mask + 1;
  }

  /** What of a hash says its slot. */
  int mask() {
    return mask;
  }

  /** How many of them are taken. */
  int size() {
    return size;
  }

  boolean isFull() {
    return size >= count() / 3 * 2;
  }

  @Nullable Entry get(ChunkKey key, int hash) {
    int at = hash & mask;
    for (Entry entry = entry(at); entry != null; entry = entry(at)) {
      if (hash(at) == hash && entry.isNamed(key)) {
        return entry;
      }
      at = behind(at);
    }
    return null;
  }

  void add(Entry entry, int hash) {
    int at = hash & mask;
    while (entry(at) != null) {
      at = behind(at);
    }
    put(at, entry, hash);
    size++;
  }

  /** Whether it was here. */
  boolean remove(Entry entry, int hash) {
    int at = hash & mask;
    for (Entry there = entry(at); !entry.equals(there); there = entry(at)) {
      if (there == null) {
        return false;
      }
      at = behind(at);
    }
    fill(at);
    size--;
    return true;
  }

  /** Frees a slot, and moves into it what could no longer be found behind it. */
  private void fill(int hole) {
    int at = hole;
    int next = behind(at);
    for (Entry entry = entry(next); entry != null; entry = entry(next)) {
      int home = hash(next) & mask;
      if (((next - home) & mask) >= ((next - at) & mask)) {
        put(at, entry, hash(next));
        at = next;
      }
      next = behind(next);
    }
    clear(at);
  }

  /** Visits the entries whose keys belong to a slot; returns how many there are. */
  int forEachAt(int home, Consumer<Entry> visitor) {
    int visited = 0;
    int at = home;
    for (Entry entry = entry(at); entry != null; entry = entry(at)) {
      if ((hash(at) & mask) == home) {
        visitor.accept(entry);
        visited++;
      }
      at = behind(at);
    }
    return visited;
  }

  int firstFree() {
    int at = 0;
    while (entry(at) != null) {
      at++;
    }
    return at;
  }

  /**
   * Empties a slot into another table; false where it is empty. Only whole clusters are moved.
   *
   * @param slot counted on round the table's end
   */
  boolean moveTo(Slots other, int slot) {
    int at = slot & mask;
    Entry entry = entry(at);
    if (entry == null) {
      return false;
    }
    other.add(entry, hash(at));
    clear(at);
    size--;
    return true;
  }

  void forEach(Consumer<Entry> visitor) {
    for (int at = 0; at <= mask; at++) {
      Entry entry = entry(at);
      if (entry != null) {
        visitor.accept(entry);
      }
    }
  }

  // --- Pages

  private int behind(int at) {
    return (at + 1) & mask;
  }

  private @Nullable Entry entry(int at) {
    Entry[] page = entries[at >>> PAGE_BITS];
    return page == null ? null : page[at & (PAGE_SLOTS - 1)];
  }

  /** Of a slot that is taken. */
  private int hash(int at) {
    return hashes[at >>> PAGE_BITS][at & (PAGE_SLOTS - 1)];
  }

  private void put(int at, Entry entry, int hash) {
    int page = at >>> PAGE_BITS;
    if (entries[page] == null) {
      int slots = Math.min(PAGE_SLOTS, count());
      entries[page] = new Entry[slots];
      hashes[page] = new int[slots];
    }
    entries[page][at & (PAGE_SLOTS - 1)] = entry;
    hashes[page][at & (PAGE_SLOTS - 1)] = hash;
  }

  /** Of a slot that is taken. */
  private void clear(int at) {
    entries[at >>> PAGE_BITS][at & (PAGE_SLOTS - 1)] = null;
  }
}
