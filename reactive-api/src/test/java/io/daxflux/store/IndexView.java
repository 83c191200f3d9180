package io.daxflux.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.extent.Extent;
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
    for (Extent<Entry> extent = store.places().units().first();
        extent != null;
        extent = extent.next()) {
      Entry entry = extent.owner();
      // Where memory is bad, units belong to an entry that is gone.
      if (entry != null && entry.state != Entry.State.FREED) {
        placed.add(placed(store, entry, extent));
      }
    }
    return placed;
  }

  private static Placed placed(ChunkStore store, Entry entry, Extent<Entry> units) {
    return new Placed(
        entry.key,
        entry.attributes,
        entry.state == Entry.State.READABLE,
        units.firstBlock(),
        units.blocks(),
        store.places().payloadOffset(entry));
  }

  /** Fails unless each block and unit is free, an entry's that can be read, or out of use. */
  public static void assertAllAccountedFor(ChunkStore store) {
    for (Extent<Entry> extent = store.places().blocks().first();
        extent != null;
        extent = extent.next()) {
      Entry entry = extent.owner();
      assertThat(entry == null || entry.state == Entry.State.READABLE || entry.quarantined)
          .as("blocks %s belong to somebody", extent)
          .isTrue();
    }
    for (Extent<Entry> extent = store.places().units().first();
        extent != null;
        extent = extent.next()) {
      Entry entry = extent.owner();
      assertThat(
              entry == null || entry.state == Entry.State.READABLE || entry.isRecordQuarantined())
          .as("record units %s belong to somebody", extent)
          .isTrue();
    }
  }
}
