package io.daxflux.store;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.extent.ExtentSpace;
import io.daxflux.extent.ExtentSpaceBuilder;
import io.daxflux.media.ChunkRecord;
import io.daxflux.media.RecoveredChunk;
import io.daxflux.media.Recovery;
import io.daxflux.media.UnitRange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes entries of the records that were found on a device, and spaces of where they lie. */
final class Adoption {
  private final ArenaLayout layout;
  private final List<RecoveredChunk> chunks;
  private final List<Entry> entries;
  private final ExtentSpace<Entry> blocks;
  private final @Nullable ExtentSpace<Entry> units;

  private final Forms forms;

  Adoption(ArenaLayout layout, Forms forms, @Nullable Recovery found) {
    this.layout = layout;
    this.forms = forms;
    this.chunks = found == null ? List.of() : found.chunks();
    this.entries = new ArrayList<>(chunks.size());
    for (RecoveredChunk chunk : chunks) {
      entries.add(entry(chunk.record()));
    }
    this.blocks = spaceOfBlocks();
    this.units =
        layout.keepsRecords()
            ? spaceOfUnits(found == null ? List.of() : found.report().unreadable())
            : null;
  }

  private Entry entry(ChunkRecord record) {
    Entry entry = Entry.of(record.key(), forms.of(record));
    entry.recorded(true);
    entry.lastUse = record.lastUse();
    entry.expiresAtMs = record.expiresAtMs();
    entry.summed(record.sums());
    return entry;
  }

  private ExtentSpace<Entry> spaceOfBlocks() {
    ExtentSpaceBuilder<Entry> space = new ExtentSpaceBuilder<>(layout.blocks(), new BlockLinks());
    for (long located : inOrder(chunk -> chunk.record().firstBlock())) {
      space.add(placeOf(located), entryAt(located));
    }
    return space.build();
  }

  private ExtentSpace<Entry> spaceOfUnits(List<UnitRange> unreadable) {
    ExtentSpaceBuilder<Entry> space = new ExtentSpaceBuilder<>(layout.units(), new UnitLinks());
    int bad = 0;
    for (long located : inOrder(RecoveredChunk::unit)) {
      bad = addUnreadable(space, unreadable, bad, placeOf(located));
      space.add(placeOf(located), entryAt(located));
    }
    addUnreadable(space, unreadable, bad, layout.units());
    return space.build();
  }

  /** Adds those that lie before a unit; returns the number of the next one. */
  private static int addUnreadable(
      ExtentSpaceBuilder<Entry> space, List<UnitRange> unreadable, int first, long unit) {
    int next = first;
    while (next < unreadable.size() && unreadable.get(next).first() < unit) {
      UnitRange bad = unreadable.get(next++);
      space.add(bad.first(), nobody(bad.units()));
    }
    return next;
  }

  /**
   * Chunks in the order of their places, each as a number of place and chunk in one. Sorting these
   * needs neither chunks nor entries, which lie anywhere in memory.
   *
   * @param place negative for none, which leaves a chunk out
   */
  private long[] inOrder(ToLongFunction<RecoveredChunk> place) {
    long count = chunks.size();
    return IntStream.range(0, chunks.size())
        .mapToLong(i -> Math.multiplyExact(place.applyAsLong(chunks.get(i)), count) + i)
        .filter(located -> located >= 0)
        .sorted()
        .toArray();
  }

  private long placeOf(long located) {
    return located / chunks.size();
  }

  private Entry entryAt(long located) {
    return entries.get((int) (located % chunks.size()));
  }

  /** Owns units that must not be used. */
  private static Entry nobody(long units) {
    Entry nobody = Entry.of(ChunkKey.of("unreadable"), Form.outOfUse(units));
    nobody.become(Entry.State.FREED);
    nobody.quarantineRecord();
    return nobody;
  }

  /** Visits the entries with their keys, the coldest first. */
  void forEach(BiConsumer<Entry, ChunkKey> visitor) {
    for (int i = 0; i < entries.size(); i++) {
      visitor.accept(entries.get(i), chunks.get(i).record().key());
    }
  }

  /** Who owns which blocks. */
  ExtentSpace<Entry> blocks() {
    return blocks;
  }

  /** Who owns which record units; null where no records are kept. */
  @Nullable ExtentSpace<Entry> units() {
    return units;
  }
}
