package io.daxflux.examples.engine.gguf;

/**
 * A tensor of the file.
 *
 * @param columns how many elements stand side by side: what a row takes in
 * @param rows 0 for a vector
 */
record Tensor(String name, int columns, int rows) {
  /** As GGUF numbers the element types. */
  static final int F32 = 0;

  static final int F16 = 1;

  static Tensor matrix(String name, int columns, int rows) {
    return new Tensor(name, columns, rows);
  }

  static Tensor norm(String name, int columns) {
    return new Tensor(name, columns, 0);
  }

  boolean isNorm() {
    return rows == 0;
  }

  /** Norms are kept whole, as every file has them. */
  int type() {
    return isNorm() ? F32 : F16;
  }

  long elements() {
    return (long) columns * Math.max(1, rows);
  }

  long bytes() {
    return elements() * (isNorm() ? Float.BYTES : Short.BYTES);
  }
}
