package io.daxflux.chunk;

import java.util.Arrays;
import java.util.List;

/** An element type, under the name that LMCache's key text gives it. */
public enum DType {
  HALF("half", 2),
  BFLOAT16("bfloat16", 2),
  FLOAT("float", 4),
  DOUBLE("double", 8),
  UINT8("uint8", 1),
  INT8("int8", 1),
  INT16("int16", 2),
  INT32("int32", 4),
  INT64("int64", 8),
  BOOL("bool", 1),
  FP8_E4M3FN("fp8_e4m3fn", 1),
  FP8_E4M3FNUZ("fp8_e4m3fnuz", 1),
  FP8_E5M2("fp8_e5m2", 1),
  FP8_E5M2FNUZ("fp8_e5m2fnuz", 1);

  private final String text;
  private final int bytes;

  DType(String text, int bytes) {
    this.text = text;
    this.bytes = bytes;
  }

  /** The type's name in a key. */
  public String text() {
    return text;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /**
   * The type of this name.
   *
   * @throws IllegalArgumentException where there is none; the message lists the names
   */
  public static DType ofText(String text) {
    for (DType dtype : values()) {
      if (dtype.text.equals(text)) {
        return dtype;
      }
    }
    List<String> names = Arrays.stream(values()).map(DType::text).toList();
    throw new IllegalArgumentException("dtype: expected one of " + names + ", found " + text);
  }
}
