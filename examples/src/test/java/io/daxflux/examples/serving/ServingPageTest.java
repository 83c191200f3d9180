package io.daxflux.examples.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every snippet of the page is a part of a file that is compiled and tested. */
class ServingPageTest {
  private static final Path ROOT = Path.of(System.getProperty("basedir", "")).resolve("..");
  private static final String SOURCE = "<!-- source: ";

  /** A snippet, and where it says it comes from. */
  record Snippet(String source, String text) {}

  static List<Snippet> snippets() throws IOException {
    List<String> lines = Files.readAllLines(ROOT.resolve("docs/serving.md"));
    return IntStream.range(0, lines.size())
        .filter(i -> lines.get(i).equals("```java"))
        .mapToObj(
            i ->
                new Snippet(
                    lines.get(i - 1),
                    lines.subList(i + 1, lines.size()).stream()
                        .takeWhile(line -> !line.equals("```"))
                        .collect(Collectors.joining("\n"))))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void everySnippetIsTheTaggedPartOfItsFile(Snippet snippet) throws IOException {
    assertThat(snippet.source).startsWith(SOURCE).endsWith(" -->");
    String[] source =
        snippet.source.substring(SOURCE.length(), snippet.source.length() - 4).split("#");
    try (Stream<String> lines =
        Files.lines(
            ROOT.resolve("examples/src/main/java/io/daxflux/examples").resolve(source[0]))) {
      String part =
          lines
              .dropWhile(line -> !line.strip().equals("// tag::" + source[1] + "[]"))
              .skip(1)
              .takeWhile(line -> !line.strip().equals("// end::" + source[1] + "[]"))
              .collect(Collectors.joining("\n"))
              .stripTrailing()
              .stripIndent();
      assertThat(snippet.text).isEqualTo(part);
    }
  }

  @Test
  void thereAreSnippets() throws IOException {
    assertThat(snippets()).hasSizeGreaterThanOrEqualTo(6);
  }
}
