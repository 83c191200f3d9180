package io.daxflux.store;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.extent.Extent;
import org.jspecify.annotations.Nullable;

/**
 * One chunk and the extent that holds it. An entry is one generation of its key: a later put of the
 * same key makes a new entry, so whoever holds this one can never reach the other's bytes.
 */
final class Entry extends Evictable {
  /** Where an entry is in its life. */
  enum State {
    /** Reserved; its bytes are being written. Not in the index. */
    WRITING,
    /** In the index. */
    READABLE,
    /** Out of the index; its extent waits for the last lease. */
    DROPPED,
    /** Gone, and its extent with it. */
    FREED
  }

  final ChunkKey key;
  final ChunkLayout layout;
  final Attributes attributes;
  final long bytes;
  final long blocks;
  final long generation;
  @Nullable Extent<Entry> extent;
  State state = State.WRITING;
  int leases;
  int pins;

  /** The store's count of uses when this entry was last used: the smaller, the colder. */
  long lastUse;

  /** Its memory has faulted: the extent must never be handed out again. */
  boolean quarantined;

  Entry(
      ChunkKey key,
      ChunkLayout layout,
      Attributes attributes,
      long bytes,
      long blocks,
      long generation) {
    this.key = key;
    this.layout = layout;
    this.attributes = attributes;
    this.bytes = bytes;
    this.blocks = blocks;
    this.generation = generation;
  }

  @Override
  ChunkKey key() {
    return key;
  }

  @Override
  long blocks() {
    return blocks;
  }

  boolean isEvictable() {
    return state == State.READABLE && leases == 0 && pins == 0;
  }

  @Override
  public String toString() {
    return "Entry[" + key + "#" + generation + ", " + state + "]";
  }
}
