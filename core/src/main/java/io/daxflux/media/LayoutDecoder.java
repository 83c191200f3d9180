package io.daxflux.media;

import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.DType;
import io.daxflux.chunk.KvFormat;
import io.daxflux.chunk.TensorLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads layouts, and gives equal ones as one instance: a million chunks of one model share theirs.
 * Not thread-safe.
 */
final class LayoutDecoder {
  /** Layouts are few; where they are not, sharing them saves nothing. */
  private static final int MOST_SHARED = 1024;

  private final byte[] bytes;
  private final ByteBuffer fields;
  private final Map<ChunkLayout, ChunkLayout> shared = new HashMap<>();

  private byte[] lastBytes = {};
  private ChunkLayout last = ChunkLayout.blob(0);

  LayoutDecoder(byte[] bytes) {
    this.bytes = bytes;
    this.fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The layout that fills these bytes.
   *
   * @throws IllegalArgumentException where there cannot be such a layout
   */
  ChunkLayout decode(int from, int end, int tensors) throws BadRecord {
    if (Arrays.equals(bytes, from, end, lastBytes, 0, lastBytes.length)
        && tensors == last.tensors().size()) {
      return last;
    }
    ChunkLayout layout = share(read(from, end, tensors));
    lastBytes = Arrays.copyOfRange(bytes, from, end);
    last = layout;
    return layout;
  }

  private ChunkLayout read(int from, int end, int tensors) throws BadRecord {
    List<TensorLayout> read = new ArrayList<>();
    int at = from;
    for (int i = 0; i < tensors; i++) {
      agree(end - at >= RecordFormat.TENSOR_SHAPE);
      DType dtype = FieldCodes.dtype(fields.get(at + RecordFormat.TENSOR_DTYPE));
      KvFormat format = FieldCodes.format(fields.get(at + RecordFormat.TENSOR_FORMAT));
      int dimensions = Byte.toUnsignedInt(fields.get(at + RecordFormat.TENSOR_DIMENSIONS));
      at += RecordFormat.TENSOR_SHAPE;
      agree(end - at >= dimensions * Long.BYTES);
      Long[] shape = new Long[dimensions];
      for (int dimension = 0; dimension < dimensions; dimension++) {
        shape[dimension] = fields.getLong(at);
        at += Long.BYTES;
      }
      read.add(new TensorLayout(dtype, format, List.of(shape)));
    }
    agree(at == end);
    return new ChunkLayout(read);
  }

  private ChunkLayout share(ChunkLayout layout) {
    ChunkLayout known = shared.get(layout);
    if (known == null && shared.size() < MOST_SHARED) {
      shared.put(layout, layout);
    }
    return known == null ? layout : known;
  }

  private static void agree(boolean holds) throws BadRecord {
    if (!holds) {
      throw new BadRecord(DropReason.CONTRADICTORY);
    }
  }
}
