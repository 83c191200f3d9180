package io.daxflux.chunk;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The name of a chunk: an opaque string of 1 to {@value #MAX_BYTES} bytes.
 *
 * <p>Immutable; the hash is computed once, by whoever makes the key, so that the store's only
 * writer never walks key bytes to hash them. Two keys are equal when their bytes are, and ordered
 * as their bytes are, unsigned: with an order, a hash table stays quick even where somebody sends
 * keys of one hash on purpose.
 */
public final class ChunkKey implements Comparable<ChunkKey> {
  /** The longest key, in bytes. */
  public static final int MAX_BYTES = 4096;

  private final byte[] bytes;
  private final int hash;

  private ChunkKey(byte[] bytes) {
    this.bytes = bytes;
    this.hash = spread(Arrays.hashCode(bytes));
  }

  /** A key of these bytes, which are copied. */
  public static ChunkKey of(byte[] bytes) {
    checkLength(bytes.length);
    return new ChunkKey(bytes.clone());
  }

  /**
   * A key of this text's UTF-8 bytes.
   *
   * @throws IllegalArgumentException also where the text has half of a surrogate pair: such texts
   *     have no bytes of their own, and different ones would get the same key
   */
  public static ChunkKey of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    checkLength(bytes.length);
    if (!new String(bytes, StandardCharsets.UTF_8).equals(text)) {
      throw new IllegalArgumentException(
          "chunk key: expected well-formed text, found half of a surrogate pair");
    }
    return new ChunkKey(bytes);
  }

  private static void checkLength(int length) {
    if (length == 0 || length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "chunk key: expected 1 to " + MAX_BYTES + " bytes, found " + length);
    }
  }

  /** How many bytes the key has. */
  public int length() {
    return bytes.length;
  }

  /** A copy of the key's bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** Whether these are the key's bytes. */
  public boolean hasBytes(byte[] others) {
    return Arrays.equals(bytes, others);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChunkKey that && hash == that.hash && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public int compareTo(ChunkKey that) {
    return Arrays.compareUnsigned(bytes, that.bytes);
  }

  /** The key as text where it is printable ASCII, as {@code 0x…} hexadecimal otherwise. */
  @Override
  public String toString() {
    for (byte b : bytes) {
      if (b < 0x20 || b > 0x7e) {
        return "0x" + HexFormat.of().formatHex(bytes);
      }
    }
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  /**
   * Tables mask a hash to its low bits: brings the high ones down. Not by 16, which is what {@code
   * HashMap} folds by itself: folding twice by the same would undo it.
   */
  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ (mixed >>> 15);
  }
}
