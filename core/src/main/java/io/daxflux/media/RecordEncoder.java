package io.daxflux.media;

import io.daxflux.chunk.TensorLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Lays records out in private memory of its own. Not thread-safe. */
final class RecordEncoder {
  private final Identity identity;
  private final byte[] bytes = new byte[RecordFormat.MOST_BYTES];
  private final ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  private final RecordChecksum checksum = new RecordChecksum();

  RecordEncoder(Identity identity) {
    this.identity = identity;
  }

  /** The record that was encoded last, from its start. */
  byte[] bytes() {
    return bytes;
  }

  /**
   * Encodes a live record.
   *
   * @return its length, without an inline value
   */
  int encode(long unit, ChunkRecord record) {
    int length = encodeFields(unit, record);
    fields.putLong(RecordFormat.STATE, RecordFormat.LIVE);
    fields.putLong(RecordFormat.LAST_USE, LastUseWord.of(record.lastUse(), unit));
    fields.putInt(RecordFormat.LENGTH, length);
    fields.putInt(RecordFormat.CHECKSUM, checksum.of(bytes, 0, length));
    return length;
  }

  private int encodeFields(long unit, ChunkRecord record) {
    byte[] key = record.key().toBytes();
    byte[] attributes = record.attributes().toBytes();
    boolean checked = record.sums().areKnown();
    fields
        .position(RecordFormat.UNIT)
        .putLong(unit)
        .putLong(identity.high())
        .putLong(identity.low())
        .putLong(record.generation())
        .putLong(record.sequence())
        .putLong(record.firstBlock())
        .putLong(record.layout().bytes())
        .putLong(ExpiryWord.of(record.expiresAtMs(), unit))
        .putShort((short) key.length)
        .putShort((short) attributes.length)
        .put((byte) record.layout().tensors().size())
        .put((byte) (checked ? RecordFormat.FLAG_SUMS : 0))
        .putShort((short) 0)
        .put(key)
        .put(attributes);
    pad();
    for (TensorLayout tensor : record.layout().tensors()) {
      put(tensor);
    }
    for (int slice = 0; slice < record.sums().count(); slice++) {
      fields.putInt(record.sums().sum(slice));
    }
    return fields.position();
  }

  private void put(TensorLayout tensor) {
    fields
        .put(FieldCodes.of(tensor.dtype()))
        .put(FieldCodes.of(tensor.format()))
        .put((byte) tensor.shape().size());
    pad();
    for (long dimension : tensor.shape()) {
      fields.putLong(dimension);
    }
  }

  private void pad() {
    while (fields.position() % Long.BYTES != 0) {
      fields.put((byte) 0);
    }
  }
}
