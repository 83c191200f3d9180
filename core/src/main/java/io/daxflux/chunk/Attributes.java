package io.daxflux.chunk;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Up to {@value #MAX_BYTES} opaque bytes that travel with a chunk: cached positions, the format
 * codes of another system. The store keeps them and gives them back as they are. Immutable.
 */
public final class Attributes {
  /** The longest attributes, in bytes. */
  public static final int MAX_BYTES = 256;

  /** No attributes. */
  public static final Attributes NONE = new Attributes(new byte[0]);

  private final byte[] bytes;

  private Attributes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Attributes of these bytes, which are copied. */
  public static Attributes of(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "chunk attributes: expected at most " + MAX_BYTES + " bytes, found " + bytes.length);
    }
    return bytes.length == 0 ? NONE : new Attributes(bytes.clone());
  }

  /** How many bytes there are. */
  public int length() {
    return bytes.length;
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attributes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
