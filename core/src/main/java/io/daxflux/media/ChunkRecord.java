package io.daxflux.media;

import io.daxflux.checksum.PayloadSlices;
import io.daxflux.checksum.SliceSums;
import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import java.util.Objects;

/**
 * What a device says of one chunk.
 *
 * @param key the chunk's name
 * @param layout what its bytes mean, and how many there are
 * @param attributes what travels with it
 * @param firstBlock the first payload block of its extent; {@link #INLINE} where its value, which
 *     may be empty, lies in the record itself
 * @param generation in which opening of the store it was written, at least 0
 * @param sequence when, among all records of the store, at least 0; of two records that contradict
 *     each other the one of the later (generation, sequence) holds
 * @param lastUse when it was last used, in the store's own count, 0 to {@link #MOST_LAST_USE}: a
 *     hint, which only orders chunks
 * @param expiresAtMs when it expires, in milliseconds of the epoch, at most {@link
 *     #MOST_EXPIRES_AT_MS}; 0 for never
 * @param sums the checksums of its payload's slices
 */
public record ChunkRecord(
    ChunkKey key,
    ChunkLayout layout,
    Attributes attributes,
    long firstBlock,
    long generation,
    long sequence,
    long lastUse,
    long expiresAtMs,
    SliceSums sums) {
  /** In place of a first block: the value is in the record, or empty. */
  public static final long INLINE = -1;

  /** The longest value that a record holds itself. */
  public static final int MOST_INLINE_BYTES = 512;

  /** The latest use that can be noted. */
  public static final long MOST_LAST_USE = CheckedWord.MOST;

  /** The latest expiry that can be noted, in milliseconds of the epoch. */
  public static final long MOST_EXPIRES_AT_MS = ChunkHead.MOST_EXPIRES_AT_MS;

  /** Checks ranges, and that there are sums for all of the payload or none. */
  public ChunkRecord {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(attributes, "attributes");
    long bytes = layout.bytes();
    check(firstBlock >= INLINE, "first block", "at least " + INLINE, firstBlock);
    check(generation >= 0, "generation", "at least 0", generation);
    check(sequence >= 0, "sequence", "at least 0", sequence);
    check(lastUse >= 0 && lastUse <= MOST_LAST_USE, "last use", "0 to 2^48 - 1", lastUse);
    check(
        expiresAtMs >= 0 && expiresAtMs <= MOST_EXPIRES_AT_MS,
        "expiry",
        "0 to 2^48 - 1",
        expiresAtMs);
    check(
        firstBlock == INLINE ? bytes <= MOST_INLINE_BYTES : bytes > 0,
        "payload bytes",
        firstBlock == INLINE ? "at most " + MOST_INLINE_BYTES + " inline" : "more than 0 in blocks",
        bytes);
    check(
        !sums.areKnown() || sums.count() == PayloadSlices.count(bytes),
        "sums",
        "one for each slice",
        sums.count());
  }

  private static void check(boolean holds, String what, String expected, long found) {
    if (!holds) {
      throw new IllegalArgumentException(
          "chunk record: " + what + ": expected " + expected + ", found " + found);
    }
  }

  /** Whether the value lies in the record, or is empty. */
  public boolean isInline() {
    return firstBlock == INLINE;
  }

  /** How the record lies on the device. */
  RecordShape shape() {
    return RecordShape.of(key.length(), layout, attributes, sums.areKnown(), isInline());
  }
}
