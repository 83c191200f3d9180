package io.daxflux.reactive.session;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * One payload that was put under a key, and what is known of it. Its bytes follow from its number,
 * which travels with it as attributes: so it is recognised wherever it is met.
 */
final class SimulatedVersion {
  /** What the ledger knows of it. */
  enum State {
    /** A put was asked for. */
    PUT,
    /** It can be read. */
    READABLE,
    /** It can be read no more, but its record may still be there. */
    LEAVING,
    /** Nothing brings it back. */
    GONE
  }

  final int number;
  final ChunkKey key;
  final byte[] bytes;
  private final Attributes attributes;

  /** It is stored with checksums. */
  final boolean checked;

  State state = State.PUT;

  /** When it became readable. */
  int readableAt;

  /** When it was no longer. */
  int leftAt = Integer.MAX_VALUE;

  /** The event after which its record is invalid. */
  long lastEvent;

  /** Its bytes, as they lie there, may not be its own any more. */
  boolean damaged;

  /** Its record may not be readable any more. */
  boolean unrecorded;

  /** It is being put part by part, and nobody has asked for it to be stored yet. */
  boolean uncommitted;

  /** Its payload would survive a loss of power, wherever its record does. */
  boolean payloadDurable;

  /** It would survive a loss of power. */
  boolean durable;

  /**
   * Power was lost that was not to be survived: whole lines of records may be left that lie within
   * another's value, and show when that one has gone.
   */
  boolean mayReturn;

  /** The device refused something meanwhile: in which order it was left is not known. */
  boolean unordered;

  // Where it lies, once that is known.
  long recordOffset = -1;
  long recordBytes;
  long payloadOffset;

  SimulatedVersion(
      int number, ChunkKey key, int length, int attributeBytes, boolean checked, boolean power) {
    this.number = number;
    this.key = key;
    this.checked = checked;
    this.payloadDurable = power;
    this.bytes = bytesOf(number, length);
    this.attributes =
        Attributes.of(ByteBuffer.allocate(Integer.BYTES + attributeBytes).putInt(number).array());
  }

  private static byte[] bytesOf(int number, int length) {
    byte[] bytes = new byte[(length + 7) & -8];
    LongBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    long word = number * 0x9E3779B97F4A7C15L;
    while (words.hasRemaining()) {
      word = (word ^ word >>> 29) * 0xBF58476D1CE4E5B9L + 1;
      words.put(word);
    }
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  static int numberIn(Attributes attributes) {
    return ByteBuffer.wrap(attributes.toBytes()).getInt();
  }

  ChunkHead head() {
    return ChunkHead.of(key, ChunkLayout.blob(bytes.length)).withAttributes(attributes);
  }

  Chunk chunk() {
    return Chunk.builder(key, ChunkLayout.blob(bytes.length))
        .payload(MemorySegment.ofArray(bytes))
        .attributes(attributes)
        .build();
  }

  boolean isIn(MemorySegment found) {
    return found.mismatch(MemorySegment.ofArray(bytes)) < 0;
  }

  @Override
  public String toString() {
    return "v"
        + number
        + " of "
        + key
        + " ("
        + bytes.length
        + " B, "
        + state
        + (damaged ? ", damaged" : "")
        + (unrecorded ? ", unrecorded" : "")
        + (checked ? "" : ", unchecked")
        + (durable ? "" : ", not durable")
        + ")";
  }
}
