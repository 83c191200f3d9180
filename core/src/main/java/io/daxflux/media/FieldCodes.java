package io.daxflux.media;

import io.daxflux.chunk.DType;
import io.daxflux.chunk.KvFormat;

/**
 * The numbers that stand on the device for element types and formats. They are part of the format
 * and never change, however the enums do; none of them is 0, which zeroed memory reads as.
 */
final class FieldCodes {
  private static final DType[] DTYPES = new DType[128];
  private static final KvFormat[] FORMATS = new KvFormat[128];

  static {
    for (DType dtype : DType.values()) {
      DTYPES[of(dtype)] = dtype;
    }
    for (KvFormat format : KvFormat.values()) {
      FORMATS[of(format)] = format;
    }
  }

  private FieldCodes() {}

  static byte of(DType dtype) {
    return switch (dtype) {
      case HALF -> 1;
      case BFLOAT16 -> 2;
      case FLOAT -> 3;
      case DOUBLE -> 4;
      case UINT8 -> 5;
      case INT8 -> 6;
      case INT16 -> 7;
      case INT32 -> 8;
      case INT64 -> 9;
      case BOOL -> 10;
      case FP8_E4M3FN -> 11;
      case FP8_E4M3FNUZ -> 12;
      case FP8_E5M2 -> 13;
      case FP8_E5M2FNUZ -> 14;
    };
  }

  static byte of(KvFormat format) {
    return switch (format) {
      case UNDEFINED -> 1;
      case KV_2LTD -> 2;
      case KV_T2D -> 3;
      case KV_2TD -> 4;
      case BINARY -> 5;
      case BINARY_BUFFER -> 6;
      case KV_MLA -> 7;
    };
  }

  static DType dtype(byte code) throws BadRecord {
    return known(DTYPES, code);
  }

  static KvFormat format(byte code) throws BadRecord {
    return known(FORMATS, code);
  }

  private static <T> T known(T[] table, byte code) throws BadRecord {
    if (code < 0 || table[code] == null) {
      throw new BadRecord(DropReason.CONTRADICTORY);
    }
    return table[code];
  }
}
