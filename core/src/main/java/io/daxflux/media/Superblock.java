package io.daxflux.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * What a superblock says of the whole device.
 *
 * @param generation how often the store was opened for writing; 1 for one that was only formatted
 * @param createdMs when it was formatted, in milliseconds of the epoch
 * @param closed whether it was closed in order
 * @param compatible features that need not be known, kept as they are
 */
record Superblock(
    Identity identity,
    long generation,
    MediaGeometry geometry,
    long createdMs,
    boolean closed,
    long compatible) {

  Superblock opened(long generation) {
    return new Superblock(identity, generation, geometry, createdMs, false, compatible);
  }

  Superblock closedCleanly() {
    return new Superblock(identity, generation, geometry, createdMs, true, compatible);
  }

  byte[] encode() {
    byte[] bytes = new byte[SuperblockFormat.BYTES];
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(SuperblockFormat.MAGIC)
        .putInt(SuperblockFormat.VERSION_1)
        .putInt(SuperblockFormat.BYTES)
        .putLong(identity.high())
        .putLong(identity.low())
        .putLong(generation)
        .putLong(geometry.deviceBytes())
        .putInt(geometry.blockBytes())
        .putInt(MediaGeometry.UNIT_BYTES)
        .putLong(geometry.recordOffset())
        .putLong(geometry.recordUnits())
        .putLong(geometry.payloadOffset())
        .putLong(geometry.payloadBlocks())
        .putLong(createdMs)
        .putInt(closed ? SuperblockFormat.CLOSED : SuperblockFormat.OPEN)
        .putInt(0)
        .putLong(compatible)
        .putLong(SuperblockFormat.KNOWN_INCOMPATIBLE)
        .putInt(SuperblockFormat.CHECKSUM, checksum(bytes));
    return bytes;
  }

  /** Reads the fields of a superblock whose magic, version, checksum and features are known. */
  static Superblock decode(ByteBuffer fields) {
    MediaGeometry geometry =
        new MediaGeometry(
            fields.getLong(SuperblockFormat.DEVICE_BYTES),
            fields.getInt(SuperblockFormat.BLOCK_BYTES),
            fields.getLong(SuperblockFormat.RECORD_OFFSET),
            fields.getLong(SuperblockFormat.RECORD_UNITS),
            fields.getLong(SuperblockFormat.PAYLOAD_OFFSET),
            fields.getLong(SuperblockFormat.PAYLOAD_BLOCKS));
    return new Superblock(
        new Identity(
            fields.getLong(SuperblockFormat.IDENTITY_HIGH),
            fields.getLong(SuperblockFormat.IDENTITY_LOW)),
        fields.getLong(SuperblockFormat.GENERATION),
        geometry,
        fields.getLong(SuperblockFormat.CREATED),
        fields.getInt(SuperblockFormat.STATE) == SuperblockFormat.CLOSED,
        fields.getLong(SuperblockFormat.COMPATIBLE));
  }

  static int checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, SuperblockFormat.CHECKSUM);
    return (int) checksum.getValue();
  }
}
