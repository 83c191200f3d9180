package io.daxflux.examples.longdocqa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ByteSizeTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "4096, 4096",
    "64KiB, 65536",
    "1.5MiB, 1572864",
    "2 gib, 2147483648",
    "1TiB, 1099511627776",
    "7B, 7"
  })
  void sizesAreReadAsWritten(String text, long bytes) {
    assertThat(new ByteSize().convert(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "64GB", "x", "1e9", "0.1B", "99999999999999TiB"})
  void whatIsNoSizeIsRefusedInOneLine(String text) {
    assertThatThrownBy(() -> new ByteSize().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("expected a size such as 512MiB or 3.5GiB, found '" + text + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1 B",
    "1023, 1023 B",
    "41943040, 40 MiB",
    "838860800, 800 MiB",
    "17989632, 17.16 MiB",
    "3355443200, 3.13 GiB"
  })
  void sizesAreWrittenForPeople(long bytes, String text) {
    assertThat(ByteSize.format(bytes)).isEqualTo(text);
  }
}
