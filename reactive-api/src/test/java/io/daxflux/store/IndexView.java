package io.daxflux.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.extent.ExtentSpace;
import java.util.ArrayList;
import java.util.List;

/** Looks at a store's entries from outside, one after the other as they lie in the record area. */
public final class IndexView {
  /**
   * One entry that has a place, and where that is.
   *
   * @param readable whether it is in the index; false where it is being written, or on its way out
   * @param payloadOffset where its payload lies on the device
   */
  public record Placed(
      ChunkKey key,
      Attributes attributes,
      boolean readable,
      long unit,
      long units,
      long payloadOffset) {}

  private IndexView() {}

  /** All entries that have a place for their record. */
  public static List<Placed> of(ChunkStore store) {
    List<Placed> placed = new ArrayList<>();
    ExtentSpace<Entry> units = store.places().units();
    for (Entry entry = units.behind(null); entry != null; entry = units.behind(entry)) {
      // Where memory is bad, units belong to an entry that is gone.
      if (entry.state() != Entry.State.FREED) {
        placed.add(placed(store, entry));
      }
    }
    return placed;
  }

  private static Placed placed(ChunkStore store, Entry entry) {
    return new Placed(
        entry.key(),
        entry.form().attributes(),
        entry.isReadable(),
        entry.firstUnit,
        entry.form().units(),
        store.places().payloadOffset(entry));
  }

  /** Fails unless each block and unit is free, an entry's that can be read, or out of use. */
  public static void assertAllAccountedFor(ChunkStore store) {
    ExtentSpace<Entry> blocks = store.places().blocks();
    for (Entry entry = blocks.behind(null); entry != null; entry = blocks.behind(entry)) {
      assertThat(entry.isReadable() || entry.isQuarantined())
          .as("blocks of %s belong to somebody", entry)
          .isTrue();
    }
    ExtentSpace<Entry> units = store.places().units();
    for (Entry entry = units.behind(null); entry != null; entry = units.behind(entry)) {
      assertThat(entry.isReadable() || entry.isRecordQuarantined())
          .as("record units of %s belong to somebody", entry)
          .isTrue();
    }
  }
}
