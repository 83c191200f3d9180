package io.daxflux.store;

import io.daxflux.chunk.ChunkKey;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Readable entries by their keys: a hash table, 12 to 24 bytes an entry.
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

  /**
   * Visits entries from a cursor on, in the {@link ScanOrder}: at least so many, if there are, or
   * those of so many slots. An entry that is here from the first call, with cursor 0, up to the
   * last is visited at least once, however the index changes in between. The visitor must not
   * change it.
   *
   * @return the cursor to go on from; 0 behind the last
   */
  int scan(int cursor, int atLeast, int mostSlots, Consumer<Entry> visitor) {
    int visited = 0;
    int at = cursor;
    for (int slot = 0; slot < mostSlots && visited < atLeast; slot++) {
      int smallMask = old == null ? slots.mask() : old.mask();
      if (old != null) {
        visited += old.forEachAt(at & smallMask, visitor);
      }
      do {
        visited += slots.forEachAt(at & slots.mask(), visitor);
        at = ScanOrder.next(at, slots.mask());
      } while ((at & (smallMask ^ slots.mask())) != 0);
      if (at == 0) {
        return 0;
      }
    }
    return at;
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
}
