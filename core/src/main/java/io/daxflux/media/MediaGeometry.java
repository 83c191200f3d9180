package io.daxflux.media;

import java.util.Objects;

/**
 * Where things lie on a device.
 *
 * <pre>
 *   0          64 KiB     128 KiB         multiple of 2 MiB                  deviceBytes
 *   │ super-   │ super-   │ record units, │ payload blocks                │  │
 *   │ block A  │ block B  │ 256 B each    │ of blockBytes each            │  │ unused
 * </pre>
 *
 * <p>There are at least two record units for each payload block: a chunk of one block always finds
 * room for its record, unless its key or its attributes are long.
 *
 * @param deviceBytes how many bytes of the device were formatted
 * @param blockBytes the length of a payload block
 * @param recordOffset where the record units begin
 * @param recordUnits how many there are
 * @param payloadOffset where the payload blocks begin
 * @param payloadBlocks how many there are
 */
public record MediaGeometry(
    long deviceBytes,
    int blockBytes,
    long recordOffset,
    long recordUnits,
    long payloadOffset,
    long payloadBlocks) {
  /** The length of a record unit. */
  public static final int UNIT_BYTES = 256;

  static final long RECORD_OFFSET = 128L << 10;

  /** Payload begins at a multiple of this: the largest page that a device is mapped by. */
  private static final long PAYLOAD_ALIGNMENT = 2L << 20;

  private static final int RECORD_BYTES_A_BLOCK = 2 * UNIT_BYTES;

  /**
   * The geometry of a new format, with as many payload blocks as there can be.
   *
   * @param blockBytes a power of two of at least 512
   * @throws MediaException where the device is too small for a single block
   */
  public static MediaGeometry plan(long deviceBytes, int blockBytes) {
    return plan("device", deviceBytes, blockBytes);
  }

  static MediaGeometry plan(String device, long deviceBytes, int blockBytes) {
    if (blockBytes < 512 || Integer.bitCount(blockBytes) != 1) {
      throw new IllegalArgumentException(
          "block bytes: expected a power of two of at least 512, found " + blockBytes);
    }
    long least = PAYLOAD_ALIGNMENT + blockBytes;
    if (deviceBytes < least) {
      throw new MediaException(
          MediaException.Reason.TOO_SMALL,
          device,
          "at least "
              + least
              + " bytes (dax.max_dax_size) for one block of "
              + blockBytes
              + " (dax.block_size)",
          deviceBytes + " bytes");
    }
    // Records and blocks meet near here; the best multiple of the alignment is on either side of
    // it.
    long estimate = (deviceBytes - RECORD_OFFSET) / (blockBytes + RECORD_BYTES_A_BLOCK);
    long meeting = RECORD_OFFSET + estimate * RECORD_BYTES_A_BLOCK;
    long below = Math.max(PAYLOAD_ALIGNMENT, meeting / PAYLOAD_ALIGNMENT * PAYLOAD_ALIGNMENT);
    MediaGeometry less = withPayloadAt(below, deviceBytes, blockBytes);
    MediaGeometry more = withPayloadAt(below + PAYLOAD_ALIGNMENT, deviceBytes, blockBytes);
    return more.payloadBlocks > less.payloadBlocks ? more : less;
  }

  private static MediaGeometry withPayloadAt(long offset, long deviceBytes, int blockBytes) {
    long recordBytes = offset - RECORD_OFFSET;
    long blocks = Math.min(recordBytes / RECORD_BYTES_A_BLOCK, (deviceBytes - offset) / blockBytes);
    return new MediaGeometry(
        deviceBytes, blockBytes, RECORD_OFFSET, recordBytes / UNIT_BYTES, offset, blocks);
  }

  /** Where a record unit lies on the device. */
  public long unitOffset(long unit) {
    return recordOffset + Objects.checkIndex(unit, recordUnits) * UNIT_BYTES;
  }

  /** Where a payload block lies on the device. */
  public long blockOffset(long block) {
    return payloadOffset + Objects.checkIndex(block, payloadBlocks) * blockBytes;
  }

  /** How many blocks a payload of this length takes. */
  long blocksFor(long payloadBytes) {
    return Math.ceilDiv(payloadBytes, blockBytes);
  }

  /** Whether all of it lies on a device of its length, and nothing lies on something else. */
  boolean isSound() {
    return blockBytes >= 512
        && Integer.bitCount(blockBytes) == 1
        && recordOffset >= RECORD_OFFSET
        && recordOffset % UNIT_BYTES == 0
        && recordUnits >= 1
        && payloadBlocks >= 1
        && payloadOffset <= deviceBytes
        && recordOffset <= payloadOffset
        && recordUnits <= (payloadOffset - recordOffset) / UNIT_BYTES
        && payloadBlocks <= (deviceBytes - payloadOffset) / blockBytes;
  }
}
