package io.daxflux.media;

import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.TensorLayout;

/**
 * Where the fields of a record lie, in bytes from its start. All numbers are little-endian.
 *
 * <pre>
 *    0  state      8   {@link #LIVE}, or anything else where there is no record
 *    8  last use   8   a {@link LastUseWord}, rewritten in place
 *   16  checksum   4   CRC32C of all that follows, up to the length; the expiry as zeros
 *   20  length     4   bytes of the record without an inline value
 *   24  unit       8   where it lies: a record copied elsewhere is none
 *   32  identity  16   of the store: a record of another one is none
 *   48  generation 8
 *   56  sequence   8
 *   64  block      8   the first of its extent, or -1
 *   72  bytes      8   of the payload
 *   80  expiry     8   an {@link ExpiryWord}, rewritten in place
 *   88  key        2   bytes of it
 *   90  attributes 2   bytes of them
 *   92  tensors    1   how many
 *   93  flags      1
 *   94  zero       2
 *   96  key, attributes; from the next multiple of 8 on tensors and checksums;
 *       from the next multiple of 8 on an inline value
 * </pre>
 */
final class RecordFormat {
  static final long LIVE = SuperblockFormat.word("DAXFREC1");
  static final long FREE = 0;

  static final int STATE = 0;
  static final int LAST_USE = 8;
  static final int CHECKSUM = 16;
  static final int LENGTH = 20;
  static final int UNIT = 24;
  static final int IDENTITY_HIGH = 32;
  static final int IDENTITY_LOW = 40;
  static final int GENERATION = 48;
  static final int SEQUENCE = 56;
  static final int FIRST_BLOCK = 64;
  static final int PAYLOAD_BYTES = 72;
  static final int EXPIRY = 80;
  static final int KEY_BYTES = 88;
  static final int ATTRIBUTES_BYTES = 90;
  static final int TENSORS = 92;
  static final int FLAGS = 93;
  static final int ZERO = 94;
  static final int KEY = 96;

  /** The checksum covers what begins here. */
  static final int CHECKED = LENGTH;

  /** There is a checksum for each slice of the payload. */
  static final int FLAG_SUMS = 1;

  /** Of a tensor: its element type, format and number of dimensions, then the dimensions. */
  static final int TENSOR_DTYPE = 0;

  static final int TENSOR_FORMAT = 1;
  static final int TENSOR_DIMENSIONS = 2;
  static final int TENSOR_SHAPE = 8;

  /** The most that the fields of a record come to, and so the most units of any. */
  static final int MOST_BYTES = 6656;

  static final int MOST_UNITS = MOST_BYTES / MediaGeometry.UNIT_BYTES;

  private RecordFormat() {}

  static int tensorsOffset(int keyBytes, int attributesBytes) {
    return aligned(KEY + keyBytes + attributesBytes);
  }

  static int tensorsBytes(ChunkLayout layout) {
    int bytes = 0;
    for (TensorLayout tensor : layout.tensors()) {
      bytes += TENSOR_SHAPE + tensor.shape().size() * Long.BYTES;
    }
    return bytes;
  }

  static int aligned(int bytes) {
    return (bytes + 7) & -8;
  }
}
