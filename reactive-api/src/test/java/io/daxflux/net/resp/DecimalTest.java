package io.daxflux.net.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 10, 42, -99, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 62})
  void readsWhatIsWritten(long value) {
    assertThat(Decimal.parse(Long.toString(value).getBytes(ISO_8859_1))).hasValue(value);
    assertThat(Decimal.parse(("$" + value).getBytes(ISO_8859_1), 1)).hasValue(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+1",
        "01",
        "-0",
        "-01",
        " 1",
        "1 ",
        "1.0",
        "1e3",
        "0x1",
        "a",
        "9223372036854775808",
        "-9223372036854775809",
        "99999999999999999999",
        "/",
        ":"
      })
  void isEmptyForWhatIsNoNumber(String text) {
    assertThat(Decimal.parse(text.getBytes(ISO_8859_1))).isEmpty();
  }
}
