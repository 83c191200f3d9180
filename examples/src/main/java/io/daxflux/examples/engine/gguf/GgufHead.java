package io.daxflux.examples.engine.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What stands before the tensors' data in a GGUF file of version 3: named values, then the tensors'
 * names, shapes and offsets. Little-endian.
 *
 * <pre>
 *   "GGUF" │ version │ tensors │ values │ value … │ tensor … │ zeros up to a multiple of 32 │ data
 * </pre>
 */
final class GgufHead {
  /** The data, and every tensor in it, starts at a multiple of this. */
  static final int ALIGNMENT = 32;

  private static final int VERSION = 3;
  private static final int UINT32 = 4;
  private static final int INT32 = 5;
  private static final int FLOAT32 = 6;
  private static final int STRING = 8;
  private static final int ARRAY = 9;

  private final ByteArrayOutputStream values = new ByteArrayOutputStream();
  private int count;

  GgufHead value(String key, String text) {
    begin(key, STRING);
    text(values, text);
    return this;
  }

  GgufHead value(String key, int number) {
    begin(key, UINT32);
    u32(values, number);
    return this;
  }

  GgufHead value(String key, float number) {
    begin(key, FLOAT32);
    u32(values, Float.floatToRawIntBits(number));
    return this;
  }

  GgufHead texts(String key, List<String> texts) {
    beginArray(key, STRING, texts.size());
    texts.forEach(text -> text(values, text));
    return this;
  }

  GgufHead floats(String key, List<Float> numbers) {
    beginArray(key, FLOAT32, numbers.size());
    numbers.forEach(number -> u32(values, Float.floatToRawIntBits(number)));
    return this;
  }

  GgufHead ints(String key, List<Integer> numbers) {
    beginArray(key, INT32, numbers.size());
    numbers.forEach(number -> u32(values, number));
    return this;
  }

  /** The head of a file with these values and tensors, up to where the data starts. */
  byte[] before(List<Tensor> tensors) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
    u32(head, VERSION);
    u64(head, tensors.size());
    u64(head, count);
    head.writeBytes(values.toByteArray());
    long offset = 0;
    for (Tensor tensor : tensors) {
      text(head, tensor.name());
      u32(head, tensor.isNorm() ? 1 : 2);
      u64(head, tensor.columns());
      if (!tensor.isNorm()) {
        u64(head, tensor.rows());
      }
      u32(head, tensor.type());
      u64(head, offset);
      offset += tensor.bytes() + padding(tensor.bytes());
    }
    head.writeBytes(new byte[padding(head.size())]);
    return head.toByteArray();
  }

  /** How many zeros follow so many bytes. */
  static int padding(long bytes) {
    return (int) (-bytes & (ALIGNMENT - 1));
  }

  private void begin(String key, int type) {
    text(values, key);
    u32(values, type);
    count++;
  }

  private void beginArray(String key, int type, int length) {
    begin(key, ARRAY);
    u32(values, type);
    u64(values, length);
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    u64(out, utf8.length);
    out.writeBytes(utf8);
  }

  private static void u32(ByteArrayOutputStream out, int number) {
    out.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array());
  }

  private static void u64(ByteArrayOutputStream out, long number) {
    out.writeBytes(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array());
  }
}
