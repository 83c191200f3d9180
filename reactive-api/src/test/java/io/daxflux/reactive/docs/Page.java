package io.daxflux.reactive.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A page of the documentation, as the tests read it.
 *
 * @param file where it is
 * @param lines its lines
 */
record Page(Path file, List<String> lines) {
  private static final Path ROOT = Path.of(System.getProperty("basedir", "")).resolve("..");

  /** The page at this path from the project's root. */
  static Page of(String path) {
    return of(ROOT.resolve(path).normalize());
  }

  private static Page of(Path file) {
    try {
      return new Page(file, Files.readAllLines(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The README and every page of the documentation. */
  static List<Page> all() {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs").normalize())) {
      return Stream.concat(
              Stream.of(of("README.md")),
              docs.filter(file -> file.toString().endsWith(".md")).sorted().map(Page::of))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The headings, without their marks. */
  List<String> headings() {
    return prose().filter(line -> line.startsWith("#")).map(Page::withoutMarks).toList();
  }

  /** The names by which GitHub lets links lead to headings. */
  List<String> anchors() {
    return headings().stream()
        .map(heading -> heading.toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  /** The lines outside blocks of code. */
  Stream<String> prose() {
    boolean[] inCode = {false};
    return lines.stream()
        .filter(
            line -> {
              boolean fence = line.startsWith("```");
              inCode[0] ^= fence;
              return !fence && !inCode[0];
            });
  }

  /** The rows of the first table behind this heading, without its head: a list of cells each. */
  List<List<String>> table(String heading) {
    return lines.stream()
        .dropWhile(line -> !line.startsWith("#") || !withoutMarks(line).equals(heading))
        .skip(1)
        .takeWhile(line -> !line.startsWith("#"))
        .dropWhile(line -> !line.startsWith("|"))
        .takeWhile(line -> line.startsWith("|"))
        .skip(2)
        .map(Page::cells)
        .toList();
  }

  private static List<String> cells(String row) {
    String inner = row.substring(1, row.lastIndexOf('|'));
    return Arrays.stream(inner.split("\\|", -1)).map(String::strip).toList();
  }

  private static String withoutMarks(String heading) {
    return heading.replaceFirst("^#+ ", "");
  }

  /** The page as one text. */
  String text() {
    return String.join("\n", lines);
  }

  @Override
  public String toString() {
    return file.getFileName().toString();
  }
}
