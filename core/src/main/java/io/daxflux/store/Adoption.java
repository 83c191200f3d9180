package io.daxflux.store;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.extent.Extent;
import io.daxflux.extent.ExtentSpace;
import io.daxflux.extent.ExtentSpaceBuilder;
import io.daxflux.media.ChunkRecord;
import io.daxflux.media.RecordShape;
import io.daxflux.media.RecoveredChunk;
import io.daxflux.media.Recovery;
import io.daxflux.media.UnitRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes entries of the records that were found on a device, and spaces of where they lie. */
final class Adoption {
  private final ArenaLayout layout;
  private final List<Entry> entries;
  private final ExtentSpace<Entry> blocks;
  private final @Nullable ExtentSpace<Entry> units;

  /** A model has one layout: entries share it, as those that are put do. */
  private final Map<ChunkLayout, ChunkLayout> layouts = new HashMap<>();

  /** Where a recovered entry lies, until its extents are made. */
  private record Located(Entry entry, RecoveredChunk chunk) {}

  Adoption(ArenaLayout layout, @Nullable Recovery found) {
    this.layout = layout;
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
    ChunkLayout shared = layouts.computeIfAbsent(record.layout(), same -> same);
    long bytes = shared.bytes();
    long blockCount = record.isInline() ? 0 : layout.blocksFor(bytes);
    Entry entry =
        new Entry(record.key(), shared, record.attributes(), bytes, blockCount, record.sequence());
    if (record.isInline()) {
      entry.valueOffset =
          RecordShape.of(record.key(), shared, record.attributes(), record.sums().areKnown(), true)
              .valueOffset();
    }
    entry.isRecorded = true;
    entry.lastUse = record.lastUse();
    entry.expiresAtMs = record.expiresAtMs();
    entry.sums = record.sums();
    return entry;
  }

  private ExtentSpace<Entry> blocks(List<Located> located) {
    ExtentSpaceBuilder<Entry> space = new ExtentSpaceBuilder<>(layout.blocks());
    located.stream()
        .filter(one -> !one.chunk.record().isInline())
        .sorted(Comparator.comparingLong(one -> one.chunk.record().firstBlock()))
        .forEach(
            one ->
                one.entry.extent =
                    space.add(one.chunk.record().firstBlock(), one.entry.blocks, one.entry));
    return space.build();
  }

  private ExtentSpace<Entry> units(List<Located> located, List<UnitRange> unreadable) {
    ExtentSpaceBuilder<Entry> space = new ExtentSpaceBuilder<>(layout.units());
    located.sort(Comparator.comparingLong(one -> one.chunk.unit()));
    int next = 0;
    for (UnitRange bad : unreadable) {
      while (next < located.size() && located.get(next).chunk.unit() < bad.first()) {
        addRecord(space, located.get(next++));
      }
      space.add(bad.first(), bad.units(), nobody());
    }
    while (next < located.size()) {
      addRecord(space, located.get(next++));
    }
    return space.build();
  }

  private static void addRecord(ExtentSpaceBuilder<Entry> space, Located one) {
    Extent<Entry> units = space.add(one.chunk.unit(), one.chunk.units(), one.entry);
    one.entry.record = units;
  }

  /** Owns units that must not be used. */
  private static Entry nobody() {
    Entry nobody =
        new Entry(ChunkKey.of("unreadable"), ChunkLayout.blob(0), Attributes.NONE, 0, 0, 0);
    nobody.state = Entry.State.FREED;
    nobody.recordQuarantined = true;
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
