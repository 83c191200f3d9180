package io.daxflux.examples.longdocqa.engine;

import io.daxflux.chunk.DType;
import io.daxflux.examples.engine.KvEngine;
import io.daxflux.examples.engine.gguf.LlamaShape;
import io.daxflux.examples.engine.gguf.RandomModel;
import io.daxflux.examples.engine.llama.LlamaEngine;
import io.daxflux.examples.engine.llama.LlamaOptions;
import io.daxflux.examples.longdocqa.Checked;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which model computes, and how. */
final class ModelOptions {
  private static final long WEIGHTS_SEED = 1;

  @Option(
      names = "--gguf",
      paramLabel = "FILE",
      description = "A model of your own, with its own tokenizer.")
  @Nullable Path gguf;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      converter = Preset.class,
      completionCandidates = PresetNames.class,
      description =
          "Without --gguf: a model with random weights, ${COMPLETION-CANDIDATES}. Default:"
              + " ${DEFAULT-VALUE}.")
  LlamaShape preset = LlamaShape.named("3m");

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Checked.Count.class,
      description = "How many threads compute one prompt. Default: ${DEFAULT-VALUE}.")
  int threads = 1;

  @Option(
      names = "--kv-type",
      paramLabel = "NAME",
      converter = KvType.class,
      description = "The cache's element type, half or float. Default: half.")
  DType kvType = DType.HALF;

  @Option(names = "--flash-attention", description = "Computes attention in one pass.")
  boolean flashAttention;

  /** What it is called, for people. */
  String name() {
    return gguf != null ? gguf.getFileName().toString() : "random-" + preset.name();
  }

  /** The file, written first where its weights are random. */
  Path file(Path folder) throws IOException {
    return gguf != null ? gguf : RandomModel.in(folder, preset, WEIGHTS_SEED);
  }

  KvEngine open(Path folder, int chunkTokens) throws IOException {
    return LlamaEngine.open(
        file(folder), chunkTokens, new LlamaOptions(threads, kvType, flashAttention));
  }

  /** Reads a preset's name. */
  static final class Preset implements ITypeConverter<LlamaShape> {
    @Override
    public LlamaShape convert(String name) {
      try {
        return LlamaShape.named(name);
      } catch (IllegalArgumentException unknown) {
        throw new TypeConversionException(unknown.getMessage());
      }
    }
  }

  /** Lists the presets in the help text. */
  static final class PresetNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return LlamaShape.names().iterator();
    }
  }

  /** Reads an element type that the engine has. */
  static final class KvType implements ITypeConverter<DType> {
    @Override
    public DType convert(String text) {
      try {
        return new LlamaOptions(1, DType.ofText(text), false).kvType();
      } catch (IllegalArgumentException unknown) {
        throw new TypeConversionException(unknown.getMessage());
      }
    }
  }
}
