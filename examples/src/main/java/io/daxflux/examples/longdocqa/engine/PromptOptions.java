package io.daxflux.examples.longdocqa.engine;

import io.daxflux.examples.longdocqa.Checked;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is asked. */
final class PromptOptions {
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
  int documentLength = 2048;

  @Option(
      names = "--question-length",
      paramLabel = "TOKENS",
      converter = Checked.Count.class,
      description = "How many tokens a question has. Default: ${DEFAULT-VALUE}.")
  int questionLength = 32;

  @Option(
      names = "--output-len",
      paramLabel = "TOKENS",
      converter = Checked.Count.class,
      description = "How many tokens an answer has. Default: ${DEFAULT-VALUE}.")
  int outputLength = 16;

  @Option(
      names = "--chunk-size",
      paramLabel = "TOKENS",
      converter = Checked.Count.class,
      description =
          "How many tokens a chunk covers, and are computed in one batch. Default:"
              + " ${DEFAULT-VALUE}.")
  int chunkTokens = 256;

  /** How many tokens a session must hold. */
  int mostTokens() {
    return documentLength + questionLength + outputLength;
  }
}
