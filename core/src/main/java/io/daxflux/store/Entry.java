package io.daxflux.store;

import io.daxflux.checksum.PayloadSlices;
import io.daxflux.checksum.SliceSums;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.media.ChunkRecord;
import java.util.Arrays;

/**
 * One chunk and the places that hold it. An entry is one generation of its key: a later put of the
 * same key makes a new entry, so whoever holds this one can never reach the other's bytes.
 *
 * <p>There are millions of them. What is the same in many stands in their {@link Form}; what is
 * known of an entry for a moment only (while it is put, read or waits to be freed) stands with
 * whoever does that.
 */
class Entry extends Placed {
  /** Where an entry is in its life. */
  enum State {
    /** Reserved; its bytes are being written. Not in the index. */
    WRITING,
    /** In the index. */
    READABLE,
    /** Out of the index; its extent waits for the last lease. */
    DROPPED,
    /** Gone, and its extent with it. */
    FREED;

    private static final State[] ALL = values();
  }

  /** A record of it was written, or will be, and was not invalidated. */
  private static final int RECORDED = 1;

  /** Its checksum is known. */
  private static final int SUMMED = 1 << 1;

  /** Its payload agreed with its checksums since the store was opened. */
  private static final int VERIFIED = 1 << 2;

  /** Its payload's memory is bad: the place must not be handed out again. */
  private static final int PAYLOAD_BAD = 1 << 3;

  /** Its record's memory is bad. */
  private static final int RECORD_BAD = 1 << 4;

  private final byte[] keyBytes;
  private final Form form;

  /** The store's count of uses when this entry was last used: the smaller, the colder. */
  long lastUse;

  /** When it is to be forgotten, in milliseconds since 1970; 0 for never. */
  long expiresAtMs;

  int leases;
  int pins;
  private int sum;
  private byte state;
  private byte marks;

  /** An entry that is being written. */
  static Entry of(ChunkKey key, Form form) {
    return PayloadSlices.count(form.bytes()) > 1
        ? new SlicedEntry(key, form)
        : new Entry(key, form);
  }

  Entry(ChunkKey key, Form form) {
    this.keyBytes = key.toBytes();
    this.form = form;
  }

  /** Its name; a new object each time. */
  @Override
  final ChunkKey key() {
    return ChunkKey.of(keyBytes);
  }

  /** Whether this is its name. */
  final boolean isNamed(ChunkKey key) {
    return key.hasBytes(keyBytes);
  }

  /** Negative, 0 or positive as its name comes before that of another, is it, or comes behind. */
  final int compareKeys(Entry other) {
    return Arrays.compareUnsigned(keyBytes, other.keyBytes);
  }

  @Override
  final Form form() {
    return form;
  }

  /** The bytes of its payload. */
  final long bytes() {
    return form.bytes();
  }

  /** For a policy even the smallest value takes something. */
  @Override
  final long blocks() {
    return Math.max(1, form.blocks());
  }

  final boolean isInline() {
    return form.isInline();
  }

  // --- Life

  final State state() {
    return State.ALL[state];
  }

  @SuppressWarnings("EnumOrdinal") // a byte takes less than a reference, and is read here only
  final void become(State next) {
    state = (byte) next.ordinal();
  }

  final boolean isReadable() {
    return state() == State.READABLE;
  }

  final boolean isEvictable() {
    return isReadable() && leases == 0 && pins == 0;
  }

  // --- Checksums

  /** What its payload must agree with; {@link SliceSums#NONE} for unknown. */
  SliceSums sums() {
    if (!has(SUMMED)) {
      return SliceSums.NONE;
    }
    return bytes() == 0 ? SliceSums.of() : SliceSums.of(sum);
  }

  void summed(SliceSums sums) {
    mark(SUMMED, sums.areKnown());
    sum = sums.count() == 0 ? 0 : sums.sum(0);
  }

  final boolean isVerified() {
    return has(VERIFIED);
  }

  final void verified() {
    mark(VERIFIED, true);
  }

  // --- Its record

  final boolean isRecorded() {
    return has(RECORDED);
  }

  final void recorded(boolean recorded) {
    mark(RECORDED, recorded);
  }

  /** What is to be written down of it, which is the store's put of this number. */
  final ChunkRecord record(ChunkKey key, long mediaGeneration, long sequence) {
    return new ChunkRecord(
        key,
        form.layout(),
        form.attributes(),
        isInline() ? ChunkRecord.INLINE : firstBlock,
        mediaGeneration,
        sequence,
        lastUse,
        expiresAtMs,
        sums());
  }

  // --- Bad memory

  final boolean isQuarantined() {
    return has(PAYLOAD_BAD);
  }

  final void quarantine() {
    mark(PAYLOAD_BAD, true);
  }

  /** A small value lies in its record, and makes one place of the two. */
  final boolean isRecordQuarantined() {
    return has(RECORD_BAD) || (isQuarantined() && isInline());
  }

  final void quarantineRecord() {
    mark(RECORD_BAD, true);
  }

  private boolean has(int mark) {
    return (marks & mark) != 0;
  }

  private void mark(int mark, boolean set) {
    marks = (byte) (set ? marks | mark : marks & ~mark);
  }

  @Override
  public String toString() {
    return "Entry[" + key() + ", " + state() + "]";
  }
}
