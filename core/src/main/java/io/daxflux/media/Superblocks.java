package io.daxflux.media;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The two superblocks of a device. The whole one of the highest generation holds; within one
 * generation the one that says that the store was closed. The other is the spare: it is written
 * next, so that at any time one of them is whole.
 */
final class Superblocks {
  private static final Comparator<Slot> LATEST =
      Comparator.comparingLong(Slot::generation).thenComparing(Slot::saysClosed);

  private final MediaMemory memory;
  private final List<Slot> slots;

  private Superblocks(MediaMemory memory, List<Slot> slots) {
    this.memory = memory;
    this.slots = slots;
  }

  static Superblocks read(MediaMemory memory) {
    return new Superblocks(memory, List.of(Slot.read(memory, 0), Slot.read(memory, 1)));
  }

  List<Slot> slots() {
    return slots;
  }

  /** The one that holds; null where neither is whole. */
  @Nullable Slot current() {
    return slots.stream().filter(Slot::isWhole).max(LATEST).orElse(null);
  }

  /** Where the next one goes. */
  Slot spare() {
    Slot current = current();
    if (current != null) {
      return slots.get(1 - current.index());
    }
    boolean firstIsLost = slots.getFirst().state() == Slot.State.UNREADABLE;
    return firstIsLost ? slots.getLast() : slots.getFirst();
  }

  /**
   * Writes a superblock where the spare was; from then on it holds, and is durable. The caller has
   * chosen a generation that makes it so. The current one is made durable first: whoever wrote it
   * may have died before it was, and for a while there is no other.
   *
   * @return the superblocks as they are now
   * @throws InternalError where the memory faults; the current one still holds then
   */
  Superblocks write(Superblock superblock) {
    Slot current = current();
    if (current != null) {
      memory.persist(current.offset(), SuperblockFormat.BYTES);
    }
    Slot spare = spare();
    memory.write(spare.offset(), superblock.encode(), 0, SuperblockFormat.BYTES);
    memory.persist(spare.offset(), SuperblockFormat.BYTES);
    return withSpare(Slot.of(spare.index(), superblock));
  }

  /**
   * Writes the first superblock of a new format. The magic comes first and alone: what a crash
   * leaves then is known for an interrupted format, not for something foreign.
   *
   * @return the superblocks as they are now
   * @throws InternalError where the memory faults
   */
  Superblocks format(Superblock superblock) {
    Slot spare = spare();
    memory.writeWord(spare.offset(), SuperblockFormat.MAGIC);
    memory.persist(spare.offset(), Long.BYTES);
    return write(superblock);
  }

  private Superblocks withSpare(Slot written) {
    return new Superblocks(
        memory, Stream.of(0, 1).map(i -> i == written.index() ? written : slots.get(i)).toList());
  }
}
