package io.daxflux.net.lm;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.DType;
import io.daxflux.chunk.KvFormat;
import io.daxflux.chunk.TensorLayout;
import io.daxflux.net.serve.MalformedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What LMCache says of a chunk's bytes, as the numbers it says it with. A layout says the same
 * where it can; what it cannot say travels in the chunk's attributes:
 *
 * <pre>
 *   0      4       8      12  16  20  24  28
 *   │"lm1 "│format │dtype │     shape       │   32 bits each, the lowest byte first
 * </pre>
 *
 * @param format how to read the dimensions; numbers that are not known here are kept
 * @param dtype the element type, 0 for none
 * @param shape0 the first dimension; those that are not used are 0
 * @param shape1 the second
 * @param shape2 the third
 * @param shape3 the fourth
 */
record LmMetadata(int format, int dtype, int shape0, int shape1, int shape2, int shape3) {
  /** What stands in a reply without a chunk. */
  static final LmMetadata NOTHING = new LmMetadata(1, 2, 0, 0, 0, 0);

  private static final byte[] TAG = {'l', 'm', '1', ' '};
  private static final int ATTRIBUTE_BYTES = TAG.length + 6 * Integer.BYTES;
  private static final int DIMENSIONS = 4;
  private static final int FLOAT16_ALIAS = 1;
  private static final int FLOAT16 = 2;
  private static final int MOST_DTYPE = 8;

  private static final List<KvFormat> FORMATS =
      List.of(
          KvFormat.UNDEFINED,
          KvFormat.KV_2LTD,
          KvFormat.KV_T2D,
          KvFormat.KV_2TD,
          KvFormat.BINARY,
          KvFormat.BINARY_BUFFER,
          KvFormat.KV_MLA);

  /** From {@link #FLOAT16} on. */
  private static final List<DType> DTYPES =
      List.of(
          DType.HALF,
          DType.BFLOAT16,
          DType.FLOAT,
          DType.DOUBLE,
          DType.UINT8,
          DType.FP8_E4M3FN,
          DType.FP8_E5M2);

  /** As a client says it. */
  static LmMetadata received(int format, int dtype, int s0, int s1, int s2, int s3) {
    if (format < 0) {
      throw new MalformedException("memory format: expected at least 0, found " + format);
    }
    if (dtype < 0 || dtype > MOST_DTYPE) {
      throw new MalformedException("dtype: expected 0 to " + MOST_DTYPE + ", found " + dtype);
    }
    // Two codes mean the same type, and only the later one is ever sent.
    return new LmMetadata(format, dtype == FLOAT16_ALIAS ? FLOAT16 : dtype, s0, s1, s2, s3);
  }

  /** Of a chunk that may have been put by anyone. */
  static LmMetadata of(ChunkLayout layout, Attributes attributes) {
    LmMetadata kept = attributes.length() == ATTRIBUTE_BYTES ? decoded(attributes) : null;
    return kept == null ? ofLayout(layout) : kept;
  }

  private static @Nullable LmMetadata decoded(Attributes attributes) {
    byte[] bytes = attributes.toBytes();
    if (!Arrays.equals(bytes, 0, TAG.length, TAG, 0, TAG.length)) {
      return null;
    }
    ByteBuffer ints = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(TAG.length);
    return new LmMetadata(
        ints.getInt(), ints.getInt(), ints.getInt(), ints.getInt(), ints.getInt(), ints.getInt());
  }

  /** What a layout says; of one that has no words here, that it is a blob. */
  private static LmMetadata ofLayout(ChunkLayout layout) {
    TensorLayout first = layout.tensors().getFirst();
    int dtype = DTYPES.indexOf(first.dtype());
    boolean plain =
        layout.tensors().size() == 1 && dtype >= 0 && first.shape().size() <= DIMENSIONS;
    if (!plain || first.shape().stream().anyMatch(dimension -> dimension > Integer.MAX_VALUE)) {
      return ofLayout(ChunkLayout.blob(layout.bytes()));
    }
    int[] shape = new int[DIMENSIONS];
    for (int i = 0; i < first.shape().size(); i++) {
      shape[i] = first.shape().get(i).intValue();
    }
    return new LmMetadata(
        FORMATS.indexOf(first.format()), dtype + FLOAT16, shape[0], shape[1], shape[2], shape[3]);
  }

  /** The layout of so many bytes that says this, or as much of it as a layout can. */
  ChunkLayout layout(int bytes) {
    int type = dtype - FLOAT16;
    if (type >= 0 && format < FORMATS.size() && shape().stream().noneMatch(s -> s < 0)) {
      try {
        ChunkLayout said =
            ChunkLayout.of(new TensorLayout(DTYPES.get(type), FORMATS.get(format), shape()));
        if (said.bytes() == bytes) {
          return said;
        }
      } catch (IllegalArgumentException tooLarge) {
        // Then its length is not that of the payload, either.
        return ChunkLayout.blob(bytes);
      }
    }
    return ChunkLayout.blob(bytes);
  }

  /** What must travel beside this layout. */
  Attributes attributes(ChunkLayout layout) {
    if (ofLayout(layout).equals(this)) {
      return Attributes.NONE;
    }
    return Attributes.of(
        ByteBuffer.allocate(ATTRIBUTE_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(TAG)
            .putInt(format)
            .putInt(dtype)
            .putInt(shape0)
            .putInt(shape1)
            .putInt(shape2)
            .putInt(shape3)
            .array());
  }

  /** Without the dimensions that are not used; at least one. */
  private List<Long> shape() {
    long[] all = {shape0, shape1, shape2, shape3};
    int used = DIMENSIONS;
    while (used > 1 && all[used - 1] == 0) {
      used--;
    }
    return Arrays.stream(all, 0, used).boxed().toList();
  }
}
