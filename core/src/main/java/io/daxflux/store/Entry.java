package io.daxflux.store;

import io.daxflux.checksum.SliceSums;
import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.extent.Extent;
import io.daxflux.media.ChunkRecord;
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

  /** Its blocks; null where its payload lies in its record. */
  @Nullable Extent<Entry> extent;

  /** The units of its record; null where no records are kept. */
  @Nullable Extent<Entry> record;

  /** Where in its record the payload lies, if it lies there. */
  int valueOffset;

  /** A record of it was written, or will be, and was not invalidated. */
  boolean isRecorded;

  /** The number of its record's invalidation; 0 before that. */
  long invalidation;

  SliceSums sums = SliceSums.NONE;

  /** Its payload agreed with its checksums since the store was opened. */
  boolean verified;

  /** When it is to be forgotten, in milliseconds since 1970; 0 for never. */
  long expiresAtMs;

  State state = State.WRITING;
  int leases;
  int pins;

  /** The store's count of uses when this entry was last used: the smaller, the colder. */
  long lastUse;

  /** Its payload's memory is bad: the place must not be handed out again. */
  boolean quarantined;

  /** Its record's memory is bad. */
  boolean recordQuarantined;

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

  /** What is to be written down of it. */
  ChunkRecord record(long mediaGeneration) {
    return new ChunkRecord(
        key,
        layout,
        attributes,
        extent == null ? ChunkRecord.INLINE : extent.firstBlock(),
        mediaGeneration,
        generation,
        lastUse,
        expiresAtMs,
        sums);
  }

  /** For a policy even the smallest value takes something. */
  @Override
  long blocks() {
    return Math.max(1, blocks);
  }

  /** A small value lies in its record, and makes one place of the two. */
  boolean isRecordQuarantined() {
    return recordQuarantined || (quarantined && extent == null);
  }

  boolean isEvictable() {
    return state == State.READABLE && leases == 0 && pins == 0;
  }

  @Override
  public String toString() {
    return "Entry[" + key + "#" + generation + ", " + state + "]";
  }
}
