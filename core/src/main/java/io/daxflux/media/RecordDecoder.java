package io.daxflux.media;

import io.daxflux.checksum.PayloadSlices;
import io.daxflux.checksum.SliceSums;
import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads records that were copied to private memory, and trusts nothing in them: a field is used
 * when the checksum holds, and then only within its range. Not thread-safe.
 */
final class RecordDecoder {
  private final MediaGeometry geometry;
  private final Identity identity;
  private final byte[] bytes;
  private final ByteBuffer fields;
  private final LayoutDecoder layouts;
  private final RecordChecksum checksum = new RecordChecksum();

  /**
   * A decoder of records that lie in these bytes, at multiples of a unit, with room for the longest
   * record behind the start of any that is asked for.
   */
  RecordDecoder(MediaGeometry geometry, Identity identity, byte[] bytes) {
    this.geometry = geometry;
    this.identity = identity;
    this.bytes = bytes;
    this.fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.layouts = new LayoutDecoder(bytes);
  }

  /** Whether a live record seems to begin here, of whatever store. */
  boolean looksLive(int at) {
    return fields.getLong(at + RecordFormat.STATE) == RecordFormat.LIVE;
  }

  /** Whether a record that looks live belongs to this store. */
  boolean isOurs(int at) {
    return fields.getLong(at + RecordFormat.IDENTITY_HIGH) == identity.high()
        && fields.getLong(at + RecordFormat.IDENTITY_LOW) == identity.low();
  }

  /** How many units the fields of a record take, going by a length that nothing vouches for. */
  int claimedUnits(int at) throws BadRecord {
    int length = fields.getInt(at + RecordFormat.LENGTH);
    require(length >= RecordFormat.KEY && length <= RecordFormat.MOST_BYTES, DropReason.CORRUPT);
    return Math.ceilDiv(length, MediaGeometry.UNIT_BYTES);
  }

  /** Reads a live record, which was copied from this unit. */
  RecoveredChunk decode(int at, long unit) throws BadRecord {
    int claimedUnits = claimedUnits(at);
    int length = fields.getInt(at + RecordFormat.LENGTH);
    require(claimedUnits <= geometry.recordUnits() - unit, DropReason.OUT_OF_RANGE);
    require(
        fields.getInt(at + RecordFormat.CHECKSUM) == checksum.of(bytes, at, length),
        DropReason.CORRUPT);
    agree(fields.getLong(at + RecordFormat.UNIT) == unit);
    try {
      return decodeFields(at, unit, at + length);
    } catch (IllegalArgumentException contradiction) {
      throw new BadRecord(DropReason.CONTRADICTORY);
    }
  }

  private RecoveredChunk decodeFields(int at, long unit, int end) throws BadRecord {
    int keyBytes = Short.toUnsignedInt(fields.getShort(at + RecordFormat.KEY_BYTES));
    int attributesBytes = Short.toUnsignedInt(fields.getShort(at + RecordFormat.ATTRIBUTES_BYTES));
    int tensors = at + RecordFormat.tensorsOffset(keyBytes, attributesBytes);
    agree(tensors <= end);
    int flags = fields.get(at + RecordFormat.FLAGS);
    agree((flags & ~RecordFormat.FLAG_SUMS) == 0);
    long payloadBytes = fields.getLong(at + RecordFormat.PAYLOAD_BYTES);
    agree(payloadBytes >= 0 && payloadBytes <= ChunkLayout.MAX_BYTES);

    int sums = end;
    if (flags == RecordFormat.FLAG_SUMS) {
      sums -= PayloadSlices.count(payloadBytes) * Integer.BYTES;
    }
    agree(tensors <= sums);
    ChunkLayout layout = layouts.decode(tensors, sums, fields.get(at + RecordFormat.TENSORS));
    agree(layout.bytes() == payloadBytes);

    int attributes = at + RecordFormat.KEY + keyBytes;
    ChunkRecord record =
        new ChunkRecord(
            ChunkKey.of(Arrays.copyOfRange(bytes, at + RecordFormat.KEY, attributes)),
            layout,
            Attributes.of(Arrays.copyOfRange(bytes, attributes, attributes + attributesBytes)),
            fields.getLong(at + RecordFormat.FIRST_BLOCK),
            fields.getLong(at + RecordFormat.GENERATION),
            fields.getLong(at + RecordFormat.SEQUENCE),
            LastUseWord.read(fields.getLong(at + RecordFormat.LAST_USE), unit),
            ExpiryWord.read(fields.getLong(at + RecordFormat.EXPIRY), unit),
            flags == RecordFormat.FLAG_SUMS ? sums(sums, end) : SliceSums.NONE);
    int valueBytes = record.isInline() ? (int) payloadBytes : 0;
    int units = Math.ceilDiv(RecordFormat.aligned(end - at) + valueBytes, MediaGeometry.UNIT_BYTES);
    long blocks = geometry.blocksFor(payloadBytes - valueBytes);
    require(
        units <= geometry.recordUnits() - unit
            && record.firstBlock() <= geometry.payloadBlocks() - blocks,
        DropReason.OUT_OF_RANGE);
    return new RecoveredChunk(unit, units, record);
  }

  private SliceSums sums(int from, int end) {
    int[] sums = new int[(end - from) / Integer.BYTES];
    for (int slice = 0; slice < sums.length; slice++) {
      sums[slice] = fields.getInt(from + slice * Integer.BYTES);
    }
    return SliceSums.of(sums);
  }

  private static void agree(boolean holds) throws BadRecord {
    require(holds, DropReason.CONTRADICTORY);
  }

  private static void require(boolean holds, DropReason otherwise) throws BadRecord {
    if (!holds) {
      throw new BadRecord(otherwise);
    }
  }
}
