package io.daxflux.examples.lmcache;

import io.daxflux.chunk.ChunkKey;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The index: one lock for everything, and the order of use beside it. Thread-safe. */
public final class Slots {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ChunkKey, Slot> index = new LinkedHashMap<>(16, 0.75f, true);
  private final MemorySegment arena;

  /** No chunks yet, in this memory. */
  public Slots(MemorySegment arena) {
    this.arena = arena;
  }

  /**
   * Adds a chunk.
   *
   * @param bytes where it lies in the arena
   */
  public void add(ChunkKey key, MemorySegment bytes) {
    Slot slot = new Slot(bytes.address() - arena.address(), bytes.byteSize());
    lock.lock();
    try {
      index.put(key, slot);
    } finally {
      lock.unlock();
    }
  }

  /** The arena's memory there. */
  MemorySegment memory(long offset, long bytes) {
    return arena.asSlice(offset, bytes);
  }

  /** A chunk's place, and how many readers it has. */
  static final class Slot {
    final long offset;
    final long bytes;
    private int borrowed;

    Slot(long offset, long bytes) {
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
