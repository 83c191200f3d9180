package io.daxflux.examples.longdocqa;

import io.daxflux.chunk.DType;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which documents there are, and what their KV cache looks like. */
final class InputOptions extends DocumentOptions {
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

  InputOptions() {
    super(5120);
  }

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
