package io.daxflux.chunk;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The shape of one tensor: its element type, the reading of its dimensions, and the dimensions.
 *
 * @param dtype the element type
 * @param format how to read the dimensions
 * @param shape 1 to 8 dimensions, none negative; a dimension of 0 makes an empty tensor
 */
public record TensorLayout(DType dtype, KvFormat format, List<Long> shape) {
  /** Copies the shape and checks that the tensor's bytes can be counted in a {@code long}. */
  public TensorLayout {
    Objects.requireNonNull(dtype, "dtype");
    Objects.requireNonNull(format, "format");
    shape = List.copyOf(shape);
    if (shape.isEmpty() || shape.size() > 8) {
      throw new IllegalArgumentException(
          "tensor shape: expected 1 to 8 dimensions, found " + shape.size());
    }
    for (long dimension : shape) {
      if (dimension < 0) {
        throw new IllegalArgumentException(
            "tensor shape: expected no negative dimension, found " + shape);
      }
    }
    bytesOf(dtype, shape);
  }

  /** A tensor of these dimensions. */
  public static TensorLayout of(DType dtype, KvFormat format, long... shape) {
    return new TensorLayout(dtype, format, Arrays.stream(shape).boxed().toList());
  }

  /** The tensor's length in bytes. */
  public long bytes() {
    return bytesOf(dtype, shape);
  }

  private static long bytesOf(DType dtype, List<Long> shape) {
    if (shape.contains(0L)) {
      return 0;
    }
    try {
      long bytes = dtype.bytes();
      for (long dimension : shape) {
        bytes = Math.multiplyExact(bytes, dimension);
      }
      return bytes;
    } catch (ArithmeticException tooLarge) {
      throw new IllegalArgumentException("tensor shape: too large to address: " + shape, tooLarge);
    }
  }
}
