package io.daxflux.chunk;

import java.util.List;
import java.util.Objects;

/**
 * What a chunk's bytes mean: one or several tensors, packed one after the other without gaps.
 *
 * <pre>
 *   offsetOf(0) = 0      offsetOf(1)          offsetOf(2) = bytes()
 *   │  tensor 0          │  tensor 1          │
 * </pre>
 *
 * <p>Layouts are values and few: a model has one, its shorter last chunk another. Share the
 * instance between chunks; the store keeps a reference to it with every entry.
 *
 * @param tensors 1 to 16 tensors, in the order of their bytes
 */
public record ChunkLayout(List<TensorLayout> tensors) {
  /** The largest chunk, in bytes (1 GiB). */
  public static final long MAX_BYTES = 1L << 30;

  /** Copies the list and checks count and total length. */
  public ChunkLayout {
    tensors = List.copyOf(tensors);
    if (tensors.isEmpty() || tensors.size() > 16) {
      throw new IllegalArgumentException(
          "chunk layout: expected 1 to 16 tensors, found " + tensors.size());
    }
    long total = 0;
    for (TensorLayout tensor : tensors) {
      if (tensor.bytes() > MAX_BYTES - total) {
        throw new IllegalArgumentException(
            "chunk layout: expected at most " + MAX_BYTES + " bytes, found more");
      }
      total += tensor.bytes();
    }
  }

  /** A chunk of these tensors. */
  public static ChunkLayout of(TensorLayout... tensors) {
    return new ChunkLayout(List.of(tensors));
  }

  /** An opaque chunk of this many bytes. */
  public static ChunkLayout blob(long bytes) {
    return of(TensorLayout.of(DType.UINT8, KvFormat.BINARY, bytes));
  }

  /** The chunk's length in bytes. */
  public long bytes() {
    return offsetOf(tensors.size());
  }

  /** Where a tensor starts in the chunk's bytes; for the number of tensors, where they end. */
  public long offsetOf(int tensor) {
    Objects.checkIndex(tensor, tensors.size() + 1);
    long offset = 0;
    for (int i = 0; i < tensor; i++) {
      offset += tensors.get(i).bytes();
    }
    return offset;
  }
}
