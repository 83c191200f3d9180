package io.daxflux.net.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.net.serve.MalformedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LmKeyTextTest {
  @ParameterizedTest
  @CsvSource({
    "m@1@0@ff@half, m@1@0@ff@half",
    "m@1@0@00FF@half, m@1@0@ff@half",
    "m@1@0@0xFF@half, m@1@0@ff@half",
    "m@1@0@-001A@half, m@1@0@-1a@half",
    "m@1@0@-0@half, m@1@0@0@half",
    "m@1@0@000@half, m@1@0@0@half",
    "m@1@0@1_0@half, m@1@0@10@half",
    "m@01@+2@ff@half, m@1@2@ff@half",
    "m@-1@ 2 @ff@half, m@-1@2@ff@half",
    "@1@0@ff@half, @1@0@ff@half",
    "a/b c@1@0@ff@fp8_e5m2fnuz, a/b c@1@0@ff@fp8_e5m2fnuz",
    "m@1@0@ff@half@007, m@1@0@ff@half@7",
    "m@1@0@ff@half@5@user%u1, m@1@0@ff@half@5@user%u1",
    "m@1@0@ff@half@user%u%1@b%, m@1@0@ff@half@user%u%1@b%",
    "m@1@0@ff@half@a%1@b%2@a%3, m@1@0@ff@half@a%3@b%2",
    "m@1@0@ff@fp8, m@1@0@ff@fp8",
    "vllm@model@1@0@00FF, vllm@model@1@0@ff",
    "m@1@0@123456789abcdef0123456789abcdef01@half, m@1@0@123456789abcdef0123456789abcdef01@half",
  })
  void numbersHaveOneForm(String given, String normalized) {
    assertThat(LmKeyText.normalized(given)).isEqualTo(normalized);
    assertThat(LmKeyText.normalized(normalized)).isEqualTo(normalized);
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\t\n", "\u00a0", "\u0085", "\u2028", "\u001f", "   \r"})
  void spaceAroundItDoesNotCount(String space) {
    assertThat(LmKeyText.normalized(space + "m@1@0@ff@half" + space)).isEqualTo("m@1@0@ff@half");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "m",
        "m@1@0@ff",
        "m@x@0@ff@half",
        "m@1@y@ff@half",
        "m@1@0@xyz@half",
        "m@1@0@@half",
        "m@1@0@ff@float16",
        "m@1@0@ff@half@",
        "m@1@0@ff@half@x",
        "m@1@0@ff@half@5@6",
        "m@1@0@f__f@half",
        "vllm@a@b@1@0@ff@half",
      })
  void whatIsNoKeyIsRefused(String text) {
    assertThatThrownBy(() -> LmKeyText.normalized(text))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("key: expected model@world@worker@hash@dtype");
  }
}
