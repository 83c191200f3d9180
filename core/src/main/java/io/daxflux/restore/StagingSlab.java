package io.daxflux.restore;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Staging memory, divided into equal slots: one for each region in flight.
 *
 * <p>Whoever made the memory owns it, and frees it once {@link #takenSlots()} is 0 and stays so.
 * Safe for use by many threads; nothing here waits.
 */
public final class StagingSlab {
  /** The smallest slot: pieces much shorter are copied at half speed. */
  public static final long MIN_SLOT_BYTES = 4L << 20;

  private final long slotBytes;
  private final Slot[] slots;

  /** One bit for each slot, set while it is taken. */
  private final AtomicLongArray taken;

  /**
   * Divides memory into slots; up to 4 KiB a slot stay unused, so that slots start on a page.
   *
   * @param memory the staging memory, at least {@link #MIN_SLOT_BYTES} for each slot
   * @param slotCount how many regions pass through it at a time, at least 1
   */
  public StagingSlab(MemorySegment memory, int slotCount) {
    if (slotCount < 1) {
      throw new IllegalArgumentException("staging slots: expected at least 1, found " + slotCount);
    }
    slotBytes = memory.byteSize() / slotCount / 4096 * 4096;
    if (slotBytes < MIN_SLOT_BYTES) {
      throw new IllegalArgumentException(
          "staging memory: expected at least "
              + MIN_SLOT_BYTES
              + " bytes for each of "
              + slotCount
              + " slots, found "
              + memory.byteSize());
    }
    slots = new Slot[slotCount];
    for (int i = 0; i < slotCount; i++) {
      slots[i] = new Slot(i, memory.asSlice(i * slotBytes, slotBytes));
    }
    taken = new AtomicLongArray(Math.ceilDiv(slotCount, Long.SIZE));
  }

  /** How many bytes each slot has. */
  public long slotBytes() {
    return slotBytes;
  }

  /** How many of them are taken. */
  public int takenSlots() {
    int count = 0;
    for (int word = 0; word < taken.length(); word++) {
      count += Long.bitCount(taken.get(word));
    }
    return count;
  }

  /**
   * Takes a free slot, the first there is: its memory is the likeliest to be in a cache.
   *
   * @throws IllegalStateException where there is none: more regions are in flight than slots
   */
  Slot take() {
    for (int word = 0; word < taken.length(); word++) {
      long bits = taken.get(word);
      while (firstFree(word, bits) < slots.length && bits != -1L) {
        long seen = taken.compareAndExchange(word, bits, bits | Long.lowestOneBit(~bits));
        if (seen == bits) {
          return slots[firstFree(word, bits)];
        }
        bits = seen;
      }
    }
    throw new IllegalStateException(
        "staging slots: expected one for each region in flight, found all "
            + slots.length
            + " taken");
  }

  private static int firstFree(int word, long bits) {
    return word * Long.SIZE + Long.numberOfTrailingZeros(~bits);
  }

  /** A slot and, until closed, the right to use its memory. */
  final class Slot implements AutoCloseable {
    private final int number;
    private final MemorySegment memory;

    private Slot(int number, MemorySegment memory) {
      this.number = number;
      this.memory = memory;
    }

    MemorySegment memory() {
      return memory;
    }

    /** Gives the slot back. Whoever took it does this once. */
    @Override
    public void close() {
      long bit = 1L << number;
      long before = taken.getAndUpdate(number / Long.SIZE, bits -> bits & ~bit);
      if ((before & bit) == 0) {
        throw new IllegalStateException("staging slot " + number + ": given back but not taken");
      }
    }
  }
}
