package io.daxflux.examples.lmcache;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.examples.lmcache.Slots.Slot;
import java.lang.foreign.MemorySegment;

/**
 * The way before #2904: one chunk after the other is looked up and copied, on the thread that asks,
 * by one {@code memcpy} each. Thread-safe.
 */
public final class SerialRestore {
  private final Slots slots;

  /** Restores what is in these slots. */
  public SerialRestore(Slots slots) {
    this.slots = slots;
  }

  /** Copies one chunk to the start of this memory. */
  public void restore(ChunkKey key, MemorySegment output) {
    Slot slot = slots.borrow(key);
    try {
      Memcpy.copy(slots.memory(slot.offset, slot.bytes), output, slot.bytes);
    } finally {
      slots.giveBack(slot);
    }
  }
}
