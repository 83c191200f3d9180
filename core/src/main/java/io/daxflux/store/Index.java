package io.daxflux.store;

import io.daxflux.chunk.ChunkKey;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Readable entries by their keys: a hash table of two arrays, about 14 bytes an entry, in which an
 * entry lies in the first free slot from its key's own.
 *
 * <p>It grows without a stop. The new table takes what is new, and with each entry that is added a
 * few clusters of the old one (entries between two free slots, so that no search is cut) move over.
 */
final class Index {
  private static final int LEAST_SLOTS = 64;

  /** How many slots of the old table are emptied with each entry that is added. */
  private static final int MOVED_AT_ONCE = 16;

  private Slots slots = new Slots(LEAST_SLOTS);

  /** What has not moved over yet; null where all has. */
  private @Nullable Slots old;

  /** How many slots of the old table have been looked at, from its first free one. */
  private int moved;

  private int firstFree;

  /** The entry of a key; null where there is none. */
  @Nullable Entry get(ChunkKey key) {
    int hash = key.hashCode();
    Entry found = slots.get(key, hash);
    return found == null && old != null ? old.get(key, hash) : found;
  }

  /** Adds an entry of this key; there is none. */
  void add(ChunkKey key, Entry entry) {
    if (slots.isFull()) {
      moveSome(Integer.MAX_VALUE);
      old = slots;
      firstFree = old.firstFree();
      moved = 0;
      slots = new Slots(2 * old.count());
    }
    slots.add(entry, key.hashCode());
    moveSome(MOVED_AT_ONCE);
  }

  /** Removes an entry that is there. */
  void remove(ChunkKey key, Entry entry) {
    int hash = key.hashCode();
    if (!slots.remove(entry, hash) && (old == null || !old.remove(entry, hash))) {
      throw new IllegalStateException("not in the index: " + entry);
    }
  }

  int size() {
    return slots.size() + (old == null ? 0 : old.size());
  }

  /** Visits all entries, in no order. */
  void forEach(Consumer<Entry> visitor) {
    slots.forEach(visitor);
    if (old != null) {
      old.forEach(visitor);
    }
  }

  /** Moves at least so many slots, and then up to the end of a cluster. */
  private void moveSome(int atLeast) {
    if (old == null) {
      return;
    }
    int count = old.count();
    int from = moved;
    while (moved < count) {
      boolean taken = old.moveTo(slots, firstFree + moved);
      moved++;
      if (!taken && moved - from >= atLeast) {
        return;
      }
    }
    old = null;
  }

  /** One table; a power of two of slots, at most two thirds of them taken. */
  private static final class Slots {
    private final @Nullable Entry[] entries;
    private final int[] hashes;
    private final int mask;
    private int size;

    Slots(int count) {
      entries = new Entry[count];
      hashes = new int[count];
      mask = count - 1;
    }

    int count() {
      return entries.length;
    }

    int size() {
      return size;
    }

    boolean isFull() {
      return size >= entries.length / 3 * 2;
    }

    @Nullable Entry get(ChunkKey key, int hash) {
      for (int at = hash & mask; entries[at] != null; at = (at + 1) & mask) {
        if (hashes[at] == hash && entries[at].isNamed(key)) {
          return entries[at];
        }
      }
      return null;
    }

    void add(Entry entry, int hash) {
      int at = hash & mask;
      while (entries[at] != null) {
        at = (at + 1) & mask;
      }
      entries[at] = entry;
      hashes[at] = hash;
      size++;
    }

    /** Whether it was here. */
    boolean remove(Entry entry, int hash) {
      int at = hash & mask;
      while (!entry.equals(entries[at])) {
        if (entries[at] == null) {
          return false;
        }
        at = (at + 1) & mask;
      }
      fill(at);
      size--;
      return true;
    }

    /** Frees a slot, and moves into it what could no longer be found behind it. */
    private void fill(int hole) {
      int at = hole;
      for (int next = (at + 1) & mask; entries[next] != null; next = (next + 1) & mask) {
        int home = hashes[next] & mask;
        if (((next - home) & mask) >= ((next - at) & mask)) {
          entries[at] = entries[next];
          hashes[at] = hashes[next];
          at = next;
        }
      }
      entries[at] = null;
    }

    int firstFree() {
      int at = 0;
      while (entries[at] != null) {
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
      Entry entry = entries[at];
      if (entry == null) {
        return false;
      }
      other.add(entry, hashes[at]);
      entries[at] = null;
      size--;
      return true;
    }

    void forEach(Consumer<Entry> visitor) {
      for (Entry entry : entries) {
        if (entry != null) {
          visitor.accept(entry);
        }
      }
    }
  }
}
