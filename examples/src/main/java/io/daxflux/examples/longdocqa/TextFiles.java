package io.daxflux.examples.longdocqa;

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

/** Text files, read one after the other in the order of their names. */
public final class TextFiles {
  private static final int PIECE_CHARS = 1 << 16;

  private final Path root;
  private final List<Path> files;

  private TextFiles(Path root, List<Path> files) {
    this.root = root;
    this.files = files;
  }

  /**
   * This file, or all files in this folder.
   *
   * @param named null for the license texts of the running JDK, which every JDK brings
   */
  public static TextFiles of(@Nullable Path named) throws IOException {
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
      return new TextFiles(root, List.copyOf(files));
    }
  }

  /** Where the text comes from. */
  public Path root() {
    return root;
  }

  /** Shows the reader the text, piece by piece, until it has had enough. */
  void read(PieceReader reader) throws IOException {
    char[] piece = new char[PIECE_CHARS];
    for (Path file : files) {
      try (Reader in = open(file)) {
        int length;
        while ((length = in.read(piece)) > 0) {
          if (!reader.wantsMore(new String(piece, 0, length))) {
            return;
          }
        }
      }
    }
  }

  /** Gets pieces of text. */
  interface PieceReader {
    boolean wantsMore(String piece);
  }

  /** The first so many characters; where there are fewer, all of them again and again. */
  public String text(int chars) throws IOException {
    StringBuilder text = new StringBuilder(chars);
    read(
        piece -> {
          text.append(piece, 0, Math.min(piece.length(), chars - text.length()));
          return text.length() < chars;
        });
    if (text.isEmpty()) {
      throw nothingIn(root);
    }
    int length = text.length();
    while (text.length() < chars) {
      text.append(text, 0, Math.min(length, chars - text.length()));
    }
    return text.toString();
  }

  static IllegalArgumentException nothingIn(Path root) {
    return new IllegalArgumentException("--text: expected some text, found none in " + root);
  }

  /** A reader that takes what is no text for a replacement character, and goes on. */
  private static Reader open(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8), PIECE_CHARS);
  }
}
