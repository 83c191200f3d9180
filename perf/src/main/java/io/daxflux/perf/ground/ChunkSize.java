package io.daxflux.perf.ground;

import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.DType;
import io.daxflux.chunk.KvFormat;
import io.daxflux.chunk.TensorLayout;
import java.util.List;

/**
 * How large a chunk is, and what its bytes mean. Chunks cover 256 tokens where a model is named.
 *
 * @param name for tables
 */
public record ChunkSize(String name, ChunkLayout layout) {
  private static final int TOKENS = 256;

  /** Qwen3-14B: 40 layers, 8 heads of 128. */
  public static final ChunkSize MIB_40 = heads("40 MiB", 40);

  /** Llama-3.1-8B: 32 layers, 8 heads of 128. */
  public static final ChunkSize MIB_32 = heads("32 MiB", 32);

  /** DeepSeek-V3: 61 layers, one latent of 576 for keys and values. */
  public static final ChunkSize MLA =
      new ChunkSize(
          "17.16 MiB",
          ChunkLayout.of(TensorLayout.of(DType.BFLOAT16, KvFormat.KV_MLA, 1, 61, TOKENS, 576)));

  /** A few layers of one. */
  public static final ChunkSize MIB_16 = blob("16 MiB", 16 << 20);

  /** A small model, or a chunk of few tokens. */
  public static final ChunkSize MIB_1 = blob("1 MiB", 1 << 20);

  /** A layer of one. */
  public static final ChunkSize KIB_256 = blob("256 KiB", 256 << 10);

  /** The smallest that fills a block. */
  public static final ChunkSize KIB_64 = blob("64 KiB", 64 << 10);

  /** From the largest to the smallest. */
  public static final List<ChunkSize> ALL = List.of(MIB_40, MIB_32, MLA, MIB_1, KIB_256, KIB_64);

  private static ChunkSize heads(String name, int layers) {
    return new ChunkSize(
        name,
        ChunkLayout.of(
            TensorLayout.of(DType.BFLOAT16, KvFormat.KV_2LTD, 2, layers, TOKENS, 8 * 128)));
  }

  /** Opaque bytes. */
  public static ChunkSize blob(String name, long bytes) {
    return new ChunkSize(name, ChunkLayout.blob(bytes));
  }

  /** How many bytes a chunk has. */
  public long bytes() {
    return layout.bytes();
  }

  @Override
  public String toString() {
    return name;
  }
}
