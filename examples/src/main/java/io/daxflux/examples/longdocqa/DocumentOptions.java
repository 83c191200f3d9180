package io.daxflux.examples.longdocqa;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which documents there are. LMCache's long_doc_qa has most of these names. */
public abstract class DocumentOptions {
  @Option(
      names = "--text",
      paramLabel = "PATH",
      description = "A text file, or a folder of them. Default: legal/ of the running JDK.")
  public @Nullable Path text;

  @Option(
      names = "--num-documents",
      paramLabel = "N",
      converter = Checked.Count.class,
      description = "How many documents. Default: ${DEFAULT-VALUE}.")
  public int numDocuments = 4;

  @Option(
      names = "--document-length",
      paramLabel = "TOKENS",
      converter = Checked.Count.class,
      description = "How many tokens each has. Default: ${DEFAULT-VALUE}.")
  public int documentLength;

  @Option(
      names = "--chunk-size",
      paramLabel = "TOKENS",
      converter = Checked.Count.class,
      description = "How many tokens a chunk covers. Default: ${DEFAULT-VALUE}.")
  public int chunkTokens = 256;

  /** Of documents that have so many tokens where nothing else is asked for. */
  protected DocumentOptions(int documentLength) {
    this.documentLength = documentLength;
  }
}
