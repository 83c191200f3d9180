package io.daxflux.store;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkLayout;

/**
 * What many entries have in common: what their bytes mean, and how much room they take. Held once
 * for all of them by {@link Forms}.
 *
 * @param bytes of the payload
 * @param blocks of the arena for it; 0 where it lies in its record
 * @param units of the record area for the record; 0 where no records are kept
 * @param valueOffset where in the record the payload lies, if it lies there
 */
record Form(
    ChunkLayout layout,
    Attributes attributes,
    long bytes,
    long blocks,
    long units,
    int valueOffset) {

  /** Units that must not be used. */
  static Form outOfUse(long units) {
    return new Form(ChunkLayout.blob(0), Attributes.NONE, 0, 0, units, 0);
  }

  /** Whether the payload lies in its record, and takes no blocks. */
  boolean isInline() {
    return blocks == 0;
  }
}
