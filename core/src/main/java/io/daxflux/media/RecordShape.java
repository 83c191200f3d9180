package io.daxflux.media;

import io.daxflux.checksum.PayloadSlices;
import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkLayout;

/**
 * How much room a record takes, and where in it an inline value lies. Known before the payload is:
 * room can be reserved and the value copied to its place before the record is written.
 *
 * @param valueOffset where an inline value begins, in bytes from the start of the record; the
 *     record's own fields end there, whether there is a value or not
 * @param units how many record units it takes, one behind the other
 */
public record RecordShape(int valueOffset, int units) {
  /**
   * The shape of a chunk's record.
   *
   * @param keyBytes how long its key is
   * @param checked whether it will have checksums
   * @param inline whether its value, of at most {@link ChunkRecord#MOST_INLINE_BYTES}, lies in it
   */
  public static RecordShape of(
      int keyBytes, ChunkLayout layout, Attributes attributes, boolean checked, boolean inline) {
    long payloadBytes = layout.bytes();
    if (inline && payloadBytes > ChunkRecord.MOST_INLINE_BYTES) {
      throw new IllegalArgumentException(
          "inline value: expected at most "
              + ChunkRecord.MOST_INLINE_BYTES
              + " bytes, found "
              + payloadBytes);
    }
    int valueOffset =
        RecordFormat.aligned(
            RecordFormat.tensorsOffset(keyBytes, attributes.length())
                + RecordFormat.tensorsBytes(layout)
                + (checked ? PayloadSlices.count(payloadBytes) * Integer.BYTES : 0));
    long bytes = valueOffset + (inline ? payloadBytes : 0);
    return new RecordShape(valueOffset, (int) Math.ceilDiv(bytes, MediaGeometry.UNIT_BYTES));
  }
}
