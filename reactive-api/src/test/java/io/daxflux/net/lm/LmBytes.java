package io.daxflux.net.lm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of lm://, written down a second time. */
public final class LmBytes {
  public static final int PUT = 1;
  public static final int GET = 2;
  public static final int EXIST = 3;
  public static final int LIST = 4;
  public static final int HEALTH = 5;

  public static final byte[] OK = reply(200, 0, 1, 2, 0, 0, 0, 0);
  public static final byte[] FAIL = reply(400, 0, 1, 2, 0, 0, 0, 0);

  private LmBytes() {}

  /** A key that is one. */
  public static String key(String hash) {
    return "Qwen/Qwen3-14B@1@0@" + hash + "@bfloat16";
  }

  public static byte[] request(int command, String key) {
    return request(command, 0, 1, 2, 0, new int[4], key);
  }

  public static byte[] put(int length, int format, int dtype, int[] shape, String key) {
    return request(PUT, length, format, dtype, 0, shape, key);
  }

  /** Opaque bytes. */
  public static byte[] put(int length, String key) {
    return put(length, 4, 6, new int[] {length, 0, 0, 0}, key);
  }

  public static byte[] request(
      int command, int length, int format, int dtype, int location, int[] shape, String key) {
    byte[] text = key.getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(text, 150);
    if (text.length < padded.length) {
      Arrays.fill(padded, text.length, padded.length, (byte) ' ');
    }
    return ByteBuffer.allocate(186)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(command)
        .putInt(length)
        .putInt(format)
        .putInt(dtype)
        .putInt(location)
        .putInt(shape[0])
        .putInt(shape[1])
        .putInt(shape[2])
        .putInt(shape[3])
        .put(padded)
        .array();
  }

  public static byte[] reply(int code, int length, int format, int dtype, int... shape) {
    return ByteBuffer.allocate(36)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(code)
        .putInt(length)
        .putInt(format)
        .putInt(dtype)
        .putInt(shape[0])
        .putInt(shape[1])
        .putInt(shape[2])
        .putInt(shape[3])
        .putInt(0)
        .array();
  }
}
