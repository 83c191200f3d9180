package io.daxflux.examples.longdocqa;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PrefixKeys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cuts a corpus into documents of equal length, and these into chunks with names. */
final class Documents {
  /** As many as the heap holds with ease. */
  private static final int MOST_TOKENS = 20_000_000;

  private final InputOptions input;
  private final Corpus corpus;
  private final PrefixKeys prefixKeys;

  /** One instance for each length: a model's chunks share their layout. */
  private final Map<Integer, ChunkLayout> layouts = new HashMap<>();

  Documents(InputOptions input, Corpus corpus) {
    this.input = input;
    this.corpus = corpus;
    this.prefixKeys = new PrefixKeys(input.modelName(), 1, 0, input.dtype, input.chunkTokens);
  }

  List<Document> cut() throws IOException {
    int length = input.documentLength;
    long tokensInAll = (long) input.numDocuments * length;
    if (tokensInAll > MOST_TOKENS) {
      throw new IllegalArgumentException(
          "documents: expected at most " + MOST_TOKENS + " tokens in all, found " + tokensInAll);
    }
    int[] text = corpus.tokens((int) tokensInAll);
    List<Document> documents = new ArrayList<>(input.numDocuments);
    for (int number = 1; number <= input.numDocuments; number++) {
      int[] tokens = Arrays.copyOfRange(text, (number - 1) * length, number * length);
      startWith(corpus.tokensOf(number + ".\n\n"), tokens);
      documents.add(document(number, tokens));
    }
    return documents;
  }

  /** A beginning of its own, so that a document shares no prefix with a repetition of its text. */
  private static void startWith(int[] beginning, int[] tokens) {
    System.arraycopy(beginning, 0, tokens, 0, Math.min(beginning.length, tokens.length));
  }

  private Document document(int number, int[] tokens) {
    List<ChunkKey> keys = prefixKeys.allChunks(tokens);
    List<ChunkLayout> contents = new ArrayList<>(keys.size());
    for (int from = 0; from < tokens.length; from += input.chunkTokens) {
      int length = Math.min(input.chunkTokens, tokens.length - from);
      contents.add(
          layouts.computeIfAbsent(
              length, count -> input.model.layout(count, input.dtype, input.scale)));
    }
    return new Document(number, keys, contents);
  }
}
