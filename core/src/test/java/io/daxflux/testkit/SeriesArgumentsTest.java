package io.daxflux.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeriesArgumentsTest {
  @Test
  void numbersAreRead() {
    assertThat(SeriesArguments.of("kills", "2_000", "-7")).isEqualTo(new SeriesArguments(2000, -7));
    assertThat(SeriesArguments.of("kills", "3").count()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x | -Dkills: expected a whole number, found 'x'",
        "0 | -Dkills: expected a whole number from 1 to 2147483647, found '0'",
        "-1 | -Dkills: expected a whole number from 1 to 2147483647, found '-1'",
        "3000000000 | -Dkills: expected a whole number from 1 to 2147483647, found '3000000000'",
        "'' | -Dkills: expected a whole number, found ''",
        "1 x | -Dseed: expected a whole number, found 'x'",
        "1 2 3 | -Dseed: expected one whole number, found 'several'",
      })
  void whatIsNoNumberIsNamed(String words, String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SeriesArguments.of("kills", words.split(" ")))
        .withMessage(line);
  }
}
