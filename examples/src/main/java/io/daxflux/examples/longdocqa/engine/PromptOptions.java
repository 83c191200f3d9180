package io.daxflux.examples.longdocqa.engine;

import io.daxflux.examples.longdocqa.Checked;
import io.daxflux.examples.longdocqa.DocumentOptions;
import picocli.CommandLine.Option;

/** What is asked. */
final class PromptOptions extends DocumentOptions {
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

  PromptOptions() {
    super(2048);
  }

  /** How many tokens a session must hold. */
  int mostTokens() {
    return documentLength + questionLength + outputLength;
  }
}
