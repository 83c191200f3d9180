package io.daxflux.examples.longdocqa;

import io.daxflux.chunk.DType;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which documents there are, and what their KV cache looks like. */
final class InputOptions {
  @Option(
      names = "--text",
      paramLabel = "PATH",
      description = "A text file, or a folder of them. Default: legal/ of the running JDK.")
  @Nullable Path text;

  @Option(
      names = "--num-documents",
      paramLabel = "N",
      converter = Checked.Count.class,
      description = "How many documents. Default: ${DEFAULT-VALUE}.")
  int numDocuments = 4;

  @Option(
      names = "--document-length",
      paramLabel = "TOKENS",
      converter = Checked.Count.class,
      description = "How many tokens each has. Default: ${DEFAULT-VALUE}.")
  int documentLength = 5120;

  @Option(
      names = "--chunk-size",
      paramLabel = "TOKENS",
      converter = Checked.Count.class,
      description = "How many tokens a chunk covers. Default: ${DEFAULT-VALUE}.")
  int chunkSize = 256;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      converter = Model.Converter.class,
      completionCandidates = Model.Names.class,
      description =
          "Whose KV cache is stored: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  Model model = Model.named("qwen3-14b");

  @Option(
      names = "--dtype",
      paramLabel = "NAME",
      converter = DTypeName.class,
      description = "The cache's element type, such as bfloat16 or fp8_e4m3fn. Default: bfloat16.")
  DType dtype = DType.BFLOAT16;

  @Option(
      names = "--scale",
      paramLabel = "N",
      converter = Checked.Count.class,
      description = "Divides the bytes of every chunk. Default: ${DEFAULT-VALUE}.")
  int scale = 1;

  /** The model's name in chunk keys: chunks of another scale are not the same chunks. */
  String modelName() {
    return scale == 1 ? model.name() : model.name() + "/" + scale;
  }

  /** Reads an element type by the name it has in keys. */
  static final class DTypeName implements ITypeConverter<DType> {
    @Override
    public DType convert(String text) {
      try {
        return DType.ofText(text);
      } catch (IllegalArgumentException unknown) {
        throw new TypeConversionException(unknown.getMessage());
      }
    }
  }
}
