package io.daxflux.perf.lmcache;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.Document;
import io.daxflux.perf.ground.Ground;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The index: one lock for everything, and the order of use beside it. */
final class Slots {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ChunkKey, Slot> index = new LinkedHashMap<>(16, 0.75f, true);

  /** All chunks of the ground. */
  Slots(Ground ground) {
    for (Document document : ground.documents()) {
      List<MemorySegment> sources = ground.sources(Ask.whole(document));
      for (int i = 0; i < sources.size(); i++) {
        index.put(document.keys().get(i), new Slot(ground.offset(sources.get(i)), sources.get(i)));
      }
    }
  }

  /** A chunk's place, and how many readers it has. */
  static final class Slot {
    final long offset;
    final MemorySegment bytes;
    private int borrowed;

    Slot(long offset, MemorySegment bytes) {
      this.offset = offset;
      this.bytes = bytes;
    }
  }

  /** Keeps a chunk from being evicted until it is given back. */
  Slot borrow(ChunkKey key) {
    lock.lock();
    try {
      return borrowLocked(key);
    } finally {
      lock.unlock();
    }
  }

  /** The same for many, under one hold of the lock. */
  List<Slot> borrowAll(List<ChunkKey> keys) {
    List<Slot> slots = new ArrayList<>(keys.size());
    lock.lock();
    try {
      keys.forEach(key -> slots.add(borrowLocked(key)));
    } finally {
      lock.unlock();
    }
    return slots;
  }

  private Slot borrowLocked(ChunkKey key) {
    Slot slot = index.get(key); // and it is the one used last
    if (slot == null) {
      throw new IllegalStateException("expected chunk " + key + " stored, found none");
    }
    slot.borrowed++;
    return slot;
  }

  void giveBack(Slot slot) {
    giveBackAll(List.of(slot));
  }

  void giveBackAll(List<Slot> slots) {
    lock.lock();
    try {
      slots.forEach(slot -> slot.borrowed--);
    } finally {
      lock.unlock();
    }
  }
}
