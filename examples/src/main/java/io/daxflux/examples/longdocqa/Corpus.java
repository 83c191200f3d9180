package io.daxflux.examples.longdocqa;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Text files as tokens. */
final class Corpus {
  private final TextFiles files;
  private final Encoding tokenizer =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);

  private Corpus(TextFiles files) {
    this.files = files;
  }

  /**
   * The text of this file, or of all files in this folder.
   *
   * @param named null for the license texts of the running JDK, which every JDK brings
   */
  static Corpus of(@Nullable Path named) throws IOException {
    return new Corpus(TextFiles.of(named));
  }

  /** Where the text comes from. */
  Path root() {
    return files.root();
  }

  /** The tokens of a short text. */
  int[] tokensOf(String text) {
    return tokenizer.encodeOrdinary(text).toArray();
  }

  /** The first so many tokens; where there are fewer, all of them again and again. */
  int[] tokens(int wanted) throws IOException {
    IntArrayList tokens = new IntArrayList(wanted);
    files.read(
        piece -> {
          IntArrayList encoded = tokenizer.encodeOrdinary(piece);
          for (int i = 0; i < encoded.size() && tokens.size() < wanted; i++) {
            tokens.add(encoded.get(i));
          }
          return tokens.size() < wanted;
        });
    int count = tokens.size();
    if (count == 0) {
      throw TextFiles.nothingIn(root());
    }
    for (int i = count; i < wanted; i++) {
      tokens.add(tokens.get(i - count));
    }
    return tokens.toArray();
  }
}
