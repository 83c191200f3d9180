package io.daxflux.media;

import java.util.Objects;

/**
 * Writes records in place, and makes them none. Nothing is persisted here: who needs that persists
 * the units written, {@link MediaGeometry#unitOffset} on, in the order that makes a commit.
 *
 * <p>Where memory faults, each method throws an {@link InternalError} of which {@code
 * Faults.isFault} holds, before it returns; what is on the device then is unknown, and never a
 * record that was not written.
 *
 * <p>Called by one thread at a time; writes to memory of the device, which may fault or be slow.
 */
public final class RecordWriter {
  private final MediaMemory memory;
  private final MediaGeometry geometry;
  private final RecordEncoder encoder;

  RecordWriter(MediaMemory memory, MediaGeometry geometry, Identity identity) {
    this.memory = memory;
    this.geometry = geometry;
    this.encoder = new RecordEncoder(identity);
  }

  /**
   * Writes a record and then makes it live: a process that is killed meanwhile leaves none. The
   * record's units hold no live one. Its payload is where it says, and persisted if anything of
   * this is to survive a loss of power: an inline value too, at its {@link RecordShape#valueOffset}
   * from the start of the record, which this leaves as it is.
   *
   * @param unit the first of {@link RecordShape#units} units
   * @throws IndexOutOfBoundsException where record or payload would reach beyond their places
   */
  public void write(long unit, ChunkRecord record) {
    Objects.checkFromIndexSize(unit, record.shape().units(), geometry.recordUnits());
    if (!record.isInline()) {
      Objects.checkFromIndexSize(
          record.firstBlock(),
          geometry.blocksFor(record.layout().bytes()),
          geometry.payloadBlocks());
    }
    long offset = geometry.unitOffset(unit);
    int length = encoder.encode(unit, record);
    int body = RecordFormat.LAST_USE;
    memory.write(offset + body, encoder.bytes(), body, length - body);
    memory.writeWord(offset + RecordFormat.STATE, RecordFormat.LIVE);
  }

  /**
   * Makes a record none.
   *
   * @param unit its first unit
   */
  public void invalidate(long unit) {
    memory.writeWord(geometry.unitOffset(unit) + RecordFormat.STATE, RecordFormat.FREE);
  }

  /**
   * Notes in a record when its chunk expires, by one store: a crash leaves what it said before, or
   * this.
   *
   * @param unit its first unit
   * @param expiresAtMs milliseconds of the epoch, at most {@link ChunkRecord#MOST_EXPIRES_AT_MS}; 0
   *     for never
   */
  public void noteExpiry(long unit, long expiresAtMs) {
    memory.writeWord(
        geometry.unitOffset(unit) + RecordFormat.EXPIRY, ExpiryWord.of(expiresAtMs, unit));
  }

  /**
   * Notes in a record when its chunk was last used.
   *
   * @param unit its first unit
   * @param lastUse 0 to {@link ChunkRecord#MOST_LAST_USE}
   */
  public void noteUse(long unit, long lastUse) {
    if (lastUse < 0 || lastUse > ChunkRecord.MOST_LAST_USE) {
      throw new IllegalArgumentException("last use: expected 0 to 2^48 - 1, found " + lastUse);
    }
    memory.writeWord(
        geometry.unitOffset(unit) + RecordFormat.LAST_USE, LastUseWord.of(lastUse, unit));
  }
}
