package io.daxflux.store;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.extent.ExtentSpace;
import io.daxflux.extent.ExtentSpaceBuilder;
import io.daxflux.media.ChunkRecord;
import io.daxflux.media.RecoveredChunk;
import io.daxflux.media.Recovery;
import io.daxflux.media.UnitRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes entries of the records that were found on a device, and spaces of where they lie. */
final class Adoption {
  private final ArenaLayout layout;
  private final List<Entry> entries;
  private final ExtentSpace<Entry> blocks;
  private final @Nullable ExtentSpace<Entry> units;

  private final Forms forms;

  /** Where a recovered entry lies, until its extents are made. */
  private record Located(Entry entry, RecoveredChunk chunk) {}

  Adoption(ArenaLayout layout, Forms forms, @Nullable Recovery found) {
    this.layout = layout;
    this.forms = forms;
    List<RecoveredChunk> chunks = found == null ? List.of() : found.chunks();
    List<Located> located = new ArrayList<>(chunks.size());
    this.entries = new ArrayList<>(chunks.size());
    for (RecoveredChunk chunk : chunks) {
      Entry entry = entry(chunk.record());
      entries.add(entry);
      located.add(new Located(entry, chunk));
    }
    this.blocks = blocks(located);
    this.units =
        layout.keepsRecords()
            ? units(located, found == null ? List.of() : found.report().unreadable())
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

  private ExtentSpace<Entry> blocks(List<Located> located) {
    ExtentSpaceBuilder<Entry> space = new ExtentSpaceBuilder<>(layout.blocks(), new BlockLinks());
    located.stream()
        .filter(one -> !one.chunk.record().isInline())
        .sorted(Comparator.comparingLong(one -> one.chunk.record().firstBlock()))
        .forEach(one -> space.add(one.chunk.record().firstBlock(), one.entry));
    return space.build();
  }

  private ExtentSpace<Entry> units(List<Located> located, List<UnitRange> unreadable) {
    ExtentSpaceBuilder<Entry> space = new ExtentSpaceBuilder<>(layout.units(), new UnitLinks());
    located.sort(Comparator.comparingLong(one -> one.chunk.unit()));
    int next = 0;
    for (UnitRange bad : unreadable) {
      while (next < located.size() && located.get(next).chunk.unit() < bad.first()) {
        addRecord(space, located.get(next++));
      }
      space.add(bad.first(), nobody(bad.units()));
    }
    while (next < located.size()) {
      addRecord(space, located.get(next++));
    }
    return space.build();
  }

  private static void addRecord(ExtentSpaceBuilder<Entry> space, Located one) {
    space.add(one.chunk.unit(), one.entry);
  }

  /** Owns units that must not be used. */
  private static Entry nobody(long units) {
    Entry nobody = Entry.of(ChunkKey.of("unreadable"), Form.outOfUse(units));
    nobody.become(Entry.State.FREED);
    nobody.quarantineRecord();
    return nobody;
  }

  /** The coldest first. */
  List<Entry> entries() {
    return entries;
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
