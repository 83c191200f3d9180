package io.daxflux.examples.longdocqa;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Text files, read one after the other in the order of their names, as tokens. */
final class Corpus {
  private static final int PIECE_CHARS = 1 << 16;

  private final Path root;
  private final List<Path> files;
  private final Encoding tokenizer =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);

  private Corpus(Path root, List<Path> files) {
    this.root = root;
    this.files = files;
  }

  /**
   * The text of this file, or of all files in this folder.
   *
   * @param named null for the license texts of the running JDK, which every JDK brings
   */
  static Corpus of(@Nullable Path named) throws IOException {
    Path root = named != null ? named : Path.of(System.getProperty("java.home"), "legal");
    if (!Files.exists(root)) {
      throw new IllegalArgumentException(
          "--text: expected a file or folder, found nothing at " + root);
    }
    try (Stream<Path> found = Files.walk(root)) {
      // Once each: a JDK's modules link to each other's texts.
      Set<Path> files = new LinkedHashSet<>();
      for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
        files.add(file.toRealPath());
      }
      return new Corpus(root, List.copyOf(files));
    }
  }

  /** Where the text comes from. */
  Path root() {
    return root;
  }

  /** The tokens of a short text. */
  int[] tokensOf(String text) {
    return tokenizer.encodeOrdinary(text).toArray();
  }

  /** The first so many tokens; where there are fewer, all of them again and again. */
  int[] tokens(int wanted) throws IOException {
    int[] tokens = new int[wanted];
    int count = 0;
    for (int i = 0; i < files.size() && count < wanted; i++) {
      count = read(files.get(i), tokens, count);
    }
    if (count == 0) {
      throw new IllegalArgumentException("--text: expected some text, found none in " + root);
    }
    for (int i = count; i < wanted; i++) {
      tokens[i] = tokens[i - count];
    }
    return tokens;
  }

  private int read(Path file, int[] tokens, int from) throws IOException {
    int count = from;
    try (Reader reader = open(file)) {
      char[] piece = new char[PIECE_CHARS];
      int length;
      while (count < tokens.length && (length = reader.read(piece)) > 0) {
        IntArrayList encoded = tokenizer.encodeOrdinary(new String(piece, 0, length));
        for (int i = 0; i < encoded.size() && count < tokens.length; i++) {
          tokens[count++] = encoded.get(i);
        }
      }
    }
    return count;
  }

  /** A reader that takes what is no text for a replacement character, and goes on. */
  private static Reader open(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8), PIECE_CHARS);
  }
}
