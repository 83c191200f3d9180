package io.daxflux.net.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  private static boolean matches(String pattern, String text) {
    return glob(pattern).matches(text.getBytes(ISO_8859_1));
  }

  private static Glob glob(String pattern) {
    return new Glob(pattern.getBytes(ISO_8859_1));
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "*, ''",
    "*, abc",
    "a*, abc",
    "*c, abc",
    "a*c, abc",
    "a*c, ac",
    "a**c, abbc",
    "a*b*c, axbxbxc",
    "?, a",
    "a?c, abc",
    "[abc], b",
    "[a-c]*, bx",
    "[c-a], b",
    "[^a-c], d",
    "[\\]], ]",
    "[a, a",
    "\\*, *",
    "a\\?, a?",
    "\\, \\",
    "*[0-9], key7",
    "*metadata, m@1@0@ff@halfmetadata",
    "**a**, xay",
    "\\**, *abc",
  })
  void matchesAsRedisDoes(String pattern, String text) {
    assertThat(matches(pattern, text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'', a",
    "a, ''",
    "a*, ba",
    "*c, cb",
    "a*c, acb",
    "?, ''",
    "?, ab",
    "[abc], d",
    "[^a-c], b",
    "[a-c], ''",
    "\\*, a",
    "a?c, ac",
    "A, a",
    "[a-], -", // a range up to the bracket, and so without an end
  })
  void refusesWhatRedisRefuses(String pattern, String text) {
    assertThat(matches(pattern, text)).isFalse();
  }

  @Test
  void bytesAreNotSigned() {
    assertThat(matches("[\u0080-\u00ff]", "\u00c0")).isTrue();
    assertThat(matches("[a-\u00ff]", "A")).isFalse();
  }

  /** What has to be tried again for each byte of the text where all but the last are alike. */
  @Test
  void worstPatternTakesAsManyStepsAsAnyOther() {
    String pattern = "*" + "a".repeat(1022) + "b";
    String text = "a".repeat(4096);

    assertThat(matches(pattern, text)).isFalse();
    assertThat(matches(pattern, text + "b")).isTrue();
    assertThat(glob(pattern).stepsPerByte()).isEqualTo(16);
    assertThat(glob("*a".repeat(512)).stepsPerByte()).isEqualTo(9);
  }

  @Test
  void longPatternsMatchAcrossTheirWords() {
    for (int length = 60; length < 140; length++) {
      String exact = "ab".repeat(length);
      assertThat(matches(exact, exact)).as("%s", length).isTrue();
      assertThat(matches(exact, exact + "a")).as("%s", length).isFalse();
      assertThat(matches("*" + exact + "*", "ab" + exact + "x")).as("%s", length).isTrue();
      assertThat(matches("?" + exact + "c", "?" + exact)).as("%s", length).isFalse();
    }
  }
}
