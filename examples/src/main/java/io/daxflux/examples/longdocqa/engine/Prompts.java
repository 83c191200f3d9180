package io.daxflux.examples.longdocqa.engine;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.examples.engine.KvEngine;
import io.daxflux.examples.longdocqa.Document;
import io.daxflux.examples.longdocqa.RepeatMode;
import io.daxflux.examples.longdocqa.TextFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Documents, each with as many questions as it is asked; question 0 is the warm-up round's. */
final class Prompts {
  /** More than any tokenizer makes one token of, on average. */
  private static final int CHARS_A_TOKEN = 8;

  private static final int MOST_TEXT_CHARS = 64 << 20;

  private final KvEngine engine;
  private final PromptOptions options;
  private final String text;
  private final List<int[]> documents = new ArrayList<>();

  /** A question about a document, both from 0. */
  record Visit(int document, int question) {}

  private Prompts(KvEngine engine, PromptOptions options, String text) {
    this.engine = engine;
    this.options = options;
    this.text = text;
  }

  /** Cuts the text into documents, by the engine's tokenizer. */
  static Prompts cut(KvEngine engine, PromptOptions options, TextFiles files) throws IOException {
    long chars = (long) options.numDocuments * options.documentLength * CHARS_A_TOKEN;
    if (chars > MOST_TEXT_CHARS) {
      throw new IllegalArgumentException(
          "documents: expected at most "
              + MOST_TEXT_CHARS / CHARS_A_TOKEN
              + " tokens in all, found "
              + chars / CHARS_A_TOKEN);
    }
    if (options.documentLength < options.chunkTokens) {
      throw new IllegalArgumentException(
          "--document-length: expected at least a chunk, "
              + options.chunkTokens
              + " tokens, found "
              + options.documentLength);
    }
    Prompts prompts = new Prompts(engine, options, files.text((int) chars));
    for (int number = 0; number < options.numDocuments; number++) {
      // A beginning of its own, so that a document shares no prefix with another.
      prompts.documents.add(
          prompts.tokens(
              (number + 1) + ".\n\n",
              (long) number * options.documentLength * CHARS_A_TOKEN,
              options.documentLength));
    }
    return prompts;
  }

  /** So many tokens: this beginning, and the text from that character on. */
  private int[] tokens(String beginning, long place, int count) {
    int chars = Math.min(count * CHARS_A_TOKEN, text.length());
    int from = (int) (place % (text.length() - chars + 1));
    int[] tokens = engine.tokenize(beginning + text.substring(from, from + chars));
    if (tokens.length < count) {
      throw new IllegalArgumentException(
          "--text: expected text of " + count + " tokens, found " + tokens.length);
    }
    return Arrays.copyOf(tokens, count);
  }

  /** The document, and behind it the question: a piece of the text from elsewhere. */
  int[] prompt(Visit visit) {
    int[] document = documents.get(visit.document);
    int[] prompt = Arrays.copyOf(document, document.length + options.questionLength);
    // Less the first: what a model expects in front of a prompt, the document has already.
    int[] question =
        tokens("", 31L * visit.document + 101L * visit.question, options.questionLength + 1);
    System.arraycopy(question, 1, prompt, document.length, options.questionLength);
    return prompt;
  }

  /** Every document so many times, with another question each time. */
  List<Visit> visits(int count, RepeatMode mode, long seed) {
    List<Integer> numbers = new ArrayList<>();
    for (int number = 0; number < documents.size(); number++) {
      numbers.add(number);
    }
    Map<Integer, Integer> asked = new HashMap<>();
    List<Visit> visits = new ArrayList<>();
    for (int number : mode.repeat(numbers, count, new Random(seed))) {
      visits.add(new Visit(number, asked.merge(number, 1, Integer::sum)));
    }
    return visits;
  }

  /** The warm-up round: every document once. */
  List<Visit> firstVisits() {
    List<Visit> visits = new ArrayList<>();
    for (int number = 0; number < documents.size(); number++) {
      visits.add(new Visit(number, 0));
    }
    return visits;
  }

  /** What the store will hold: the chunks of each document with its first question. */
  List<Document> stored(long chunkBytes) {
    List<Document> stored = new ArrayList<>();
    for (Visit visit : firstVisits()) {
      List<ChunkKey> keys = engine.keys().fullChunks(prompt(visit));
      stored.add(
          new Document(
              visit.document + 1,
              keys,
              Collections.nCopies(keys.size(), ChunkLayout.blob(chunkBytes))));
    }
    return stored;
  }
}
