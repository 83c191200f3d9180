package io.daxflux.net.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.net.serve.MalformedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InlineWordsTest {
  private static List<String> words(String line) {
    return InlineWords.of(line.getBytes(ISO_8859_1)).stream()
        .map(word -> new String(word, ISO_8859_1))
        .toList();
  }

  @Test
  void wordsAreSeparatedByBlanks() {
    assertThat(words("  SET a\tb \r")).containsExactly("SET", "a", "b");
    assertThat(words("")).isEmpty();
    assertThat(words(" \t ")).isEmpty();
  }

  @Test
  void quotesHoldWordsTogether() {
    assertThat(words("a \"b c\" 'd e' \"\" ''")).containsExactly("a", "b c", "d e", "", "");
    assertThat(words("pre\"fix\"")).containsExactly("prefix");
  }

  @Test
  void backslashBringsInWhatCannotBeTyped() {
    assertThat(words("\"\\x41\\n\\r\\t\\b\\a\\\\\\\"\\q\""))
        .containsExactly("A\n\r\t\b\u0007\\\"q");
    assertThat(words("\"\\xff\\x0\"")).containsExactly("\u00ffx0");
    assertThat(words("'it\\'s \\n'")).containsExactly("it's \\n");
    assertThat(words("\\n")).containsExactly("\\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a", "'a", "\"a\"b", "'a'b", "\"a\\", "\"a\\\""})
  void quoteThatIsNotClosedIsRefused(String line) {
    assertThatThrownBy(() -> words(line))
        .isInstanceOf(MalformedException.class)
        .hasMessage("Protocol error: unbalanced quotes in request");
  }
}
