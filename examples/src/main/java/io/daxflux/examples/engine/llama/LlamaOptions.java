package io.daxflux.examples.engine.llama;

import io.daxflux.chunk.DType;

/**
 * How the engine computes. All but the threads changes the cache's bytes, and so belongs in keys.
 *
 * @param threads that one session computes with
 * @param kvType of the cache: half or float
 * @param flashAttention computes attention in one pass; values then lie as keys do
 */
public record LlamaOptions(int threads, DType kvType, boolean flashAttention) {
  /** One thread, half precision. */
  public static final LlamaOptions DEFAULT = new LlamaOptions(1, DType.HALF, false);

  /** Checks what there is a choice of. */
  public LlamaOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
    }
    if (kvType != DType.HALF && kvType != DType.FLOAT) {
      throw new IllegalArgumentException(
          "cache type: expected half or float, found " + kvType.text());
    }
  }

  /** As ggml numbers the element types. */
  int ggmlType() {
    return kvType == DType.FLOAT ? 0 : 1;
  }
}
