package io.daxflux.examples;

import io.daxflux.examples.longdocqa.LongDocQaCommand;

/**
 * The main job: questions about long documents, whose KV cache is restored instead of computed.
 *
 * <p>Real text is cut into documents, tokenized and named by chained keys; the KV cache that a
 * model would have for it is stored, and then restored along several paths, interleaved and
 * verified byte for byte, until one table can say what each path costs.
 *
 * <p>{@code mvn -q -Pquickstart} runs it; {@code mvn -q -Pquickstart -Dargs=--help} lists its
 * options. How it works is told in the package {@code longdocqa}.
 */
public final class LongDocQa {
  private LongDocQa() {}

  /** Exit code 0 for a run in which every byte was right, 1 for any other, 2 for bad input. */
  public static void main(String[] args) {
    System.exit(LongDocQaCommand.execute(args, System.out, System.err));
  }
}
