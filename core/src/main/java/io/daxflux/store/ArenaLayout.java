package io.daxflux.store;

import io.daxflux.media.MediaGeometry;

/**
 * How a device is divided.
 *
 * @param payloadOffset where the blocks start
 * @param blockBytes the length of a block, a power of two
 * @param blocks how many there are
 * @param recordOffset where the record units start
 * @param unitBytes the length of a unit
 * @param units how many there are; 0 where no records are kept
 */
public record ArenaLayout(
    long payloadOffset, int blockBytes, long blocks, long recordOffset, int unitBytes, long units) {

  /** All of a device as blocks; a rest smaller than a block stays unused. */
  public static ArenaLayout withoutRecords(long bytes, int blockBytes) {
    return new ArenaLayout(0, blockBytes, bytes / blockBytes, 0, 0, 0);
  }

  /** As a device is formatted. */
  public static ArenaLayout of(MediaGeometry geometry) {
    return new ArenaLayout(
        geometry.payloadOffset(),
        geometry.blockBytes(),
        geometry.payloadBlocks(),
        geometry.recordOffset(),
        MediaGeometry.UNIT_BYTES,
        geometry.recordUnits());
  }

  /** Whether chunks are written down. */
  boolean keepsRecords() {
    return units > 0;
  }

  long bytesOf(long blockCount) {
    return blockCount * blockBytes;
  }

  /** An empty chunk takes a block too, so that every entry has a place of its own. */
  long blocksFor(long bytes) {
    return Math.max(1, Math.ceilDiv(bytes, (long) blockBytes));
  }

  long blockOffset(long block) {
    return payloadOffset + block * blockBytes;
  }

  long unitOffset(long unit) {
    return recordOffset + unit * unitBytes;
  }
}
