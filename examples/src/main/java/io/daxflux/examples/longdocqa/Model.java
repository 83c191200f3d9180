package io.daxflux.examples.longdocqa;

import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.DType;
import io.daxflux.chunk.KvFormat;
import io.daxflux.chunk.TensorLayout;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What of a model decides how large its KV cache is.
 *
 * @param layers how many layers keep a cache
 * @param format keys and values of several heads, or one latent for both (MLA)
 * @param width how many elements each of these has per token and layer
 */
record Model(String name, int layers, KvFormat format, int width) {
  static final List<Model> ALL =
      List.of(
          heads("qwen3-14b", 40, 8, 128),
          heads("qwen3-8b", 36, 8, 128),
          heads("qwen3-32b", 64, 8, 128),
          heads("qwen2.5-7b", 28, 4, 128),
          heads("llama-3.1-8b", 32, 8, 128),
          heads("llama-3.1-70b", 80, 8, 128),
          heads("mistral-7b", 32, 8, 128),
          heads("gemma-2-9b", 42, 8, 256),
          heads("gemma-3-4b", 34, 4, 256),
          heads("phi-4", 40, 10, 128),
          latent("deepseek-v3", 61, 512 + 64),
          latent("deepseek-v2-lite", 27, 512 + 64));

  private static Model heads(String name, int layers, int kvHeads, int headDim) {
    return new Model(name, layers, KvFormat.KV_2LTD, kvHeads * headDim);
  }

  private static Model latent(String name, int layers, int latentDim) {
    return new Model(name, layers, KvFormat.KV_MLA, latentDim);
  }

  static Model named(String name) {
    return ALL.stream()
        .filter(model -> model.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected one of " + String.join(", ", names()) + ", found '" + name + "'"));
  }

  private static List<String> names() {
    return ALL.stream().map(Model::name).toList();
  }

  /**
   * What a chunk of so many tokens holds. Divided by a scale it is no tensor any more, only bytes.
   */
  ChunkLayout layout(int tokens, DType dtype, int scale) {
    long tensors = format == KvFormat.KV_MLA ? 1 : 2;
    ChunkLayout whole =
        ChunkLayout.of(TensorLayout.of(dtype, format, tensors, layers, tokens, width));
    return scale == 1 ? whole : ChunkLayout.blob(Math.max(1, whole.bytes() / scale));
  }

  /** Reads an option. */
  static final class Converter implements ITypeConverter<Model> {
    @Override
    public Model convert(String name) {
      return named(name);
    }
  }

  /** Lists the names in the help text. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return names().iterator();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
