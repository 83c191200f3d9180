package io.daxflux.net.wire;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.chunk.TensorLayout;
import io.daxflux.net.serve.MalformedException;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What frames are made of. Readers throw {@link MalformedException}, {@link
 * IllegalArgumentException} or {@link IndexOutOfBoundsException} where there cannot be such a
 * thing; whoever reads a frame makes one of them.
 */
final class Fields {
  /** The longest text: messages are for people. */
  private static final int MOST_TEXT_BYTES = 8 << 10;

  private Fields() {}

  // --- Keys: u16 length, bytes

  static void writeKey(ByteBuf to, ChunkKey key) {
    to.writeShort(key.length()).writeBytes(key.toBytes());
  }

  static ChunkKey readKey(ByteBuf from) {
    return ChunkKey.of(readBytes(from, from.readUnsignedShort()));
  }

  /** u32 count, then as many keys. */
  static void writeKeys(ByteBuf to, List<ChunkKey> keys) {
    to.writeInt(keys.size());
    for (ChunkKey key : keys) {
      writeKey(to, key);
    }
  }

  static List<ChunkKey> readKeys(ByteBuf from) {
    int count = readCount(from, Short.BYTES + 1);
    List<ChunkKey> keys = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      keys.add(readKey(from));
    }
    return keys;
  }

  /** What {@link #writeKeys} takes. */
  static long lengthOf(List<ChunkKey> keys) {
    long bytes = Integer.BYTES;
    for (ChunkKey key : keys) {
      bytes += Short.BYTES + key.length();
    }
    return bytes;
  }

  /** A count of things of at least so many bytes each, which must have room in what is left. */
  static int readCount(ByteBuf from, int leastBytes) {
    long count = from.readUnsignedInt();
    if (count * leastBytes > from.readableBytes()) {
      throw new MalformedException(
          "count: expected no more than the frame has room for, found " + count);
    }
    return (int) count;
  }

  // --- Text: u16 length, UTF-8

  static void writeText(ByteBuf to, @Nullable String text) {
    byte[] bytes = String.valueOf(text).getBytes(StandardCharsets.UTF_8);
    int length = Math.min(bytes.length, MOST_TEXT_BYTES);
    to.writeShort(length).writeBytes(bytes, 0, length);
  }

  static String readText(ByteBuf from) {
    return new String(readBytes(from, from.readUnsignedShort()), StandardCharsets.UTF_8);
  }

  static byte[] readBytes(ByteBuf from, int length) {
    if (length > from.readableBytes()) {
      throw new MalformedException(
          "field: expected " + length + " bytes, found " + from.readableBytes());
    }
    byte[] bytes = new byte[length];
    from.readBytes(bytes);
    return bytes;
  }

  // --- Layout: u8 tensors; each u8 type, u8 format, u8 dimensions, u64 a dimension

  static void writeLayout(ByteBuf to, ChunkLayout layout) {
    to.writeByte(layout.tensors().size());
    for (TensorLayout tensor : layout.tensors()) {
      Codes.DTYPES.write(to, tensor.dtype());
      Codes.FORMATS.write(to, tensor.format());
      to.writeByte(tensor.shape().size());
      tensor.shape().forEach(to::writeLong);
    }
  }

  static ChunkLayout readLayout(ByteBuf from) {
    TensorLayout[] tensors = new TensorLayout[from.readUnsignedByte()];
    for (int i = 0; i < tensors.length; i++) {
      var dtype = Codes.DTYPES.read(from);
      var format = Codes.FORMATS.read(from);
      Long[] shape = new Long[from.readUnsignedByte()];
      Arrays.setAll(shape, _ -> from.readLong());
      tensors[i] = new TensorLayout(dtype, format, List.of(shape));
    }
    return ChunkLayout.of(tensors);
  }

  // --- Attributes: u16 length, bytes

  static void writeAttributes(ByteBuf to, Attributes attributes) {
    to.writeShort(attributes.length()).writeBytes(attributes.toBytes());
  }

  static Attributes readAttributes(ByteBuf from) {
    return Attributes.of(readBytes(from, from.readUnsignedShort()));
  }

  // --- A put: u8 mode, key, layout, attributes, u64 expiry, u16 length and bytes of the
  // predecessor

  static void writePut(ByteBuf to, ChunkHead head, PutMode mode) {
    Codes.PUT_MODES.write(to, mode);
    writeKey(to, head.key());
    writeLayout(to, head.layout());
    writeAttributes(to, head.attributes());
    to.writeLong(head.expiresAtMs());
    ChunkKey predecessor = head.predecessor();
    if (predecessor == null) {
      to.writeShort(0);
    } else {
      writeKey(to, predecessor);
    }
  }

  /** What is behind the mode. */
  static ChunkHead readHead(ByteBuf from) {
    ChunkKey key = readKey(from);
    ChunkLayout layout = readLayout(from);
    Attributes attributes = readAttributes(from);
    long expiresAtMs = from.readLong();
    int length = from.readUnsignedShort();
    ChunkKey predecessor = length == 0 ? null : ChunkKey.of(readBytes(from, length));
    return new ChunkHead(key, layout, attributes, predecessor, expiresAtMs);
  }
}
