package io.daxflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "1023, 1023 bytes",
    "1024, 1 KiB",
    "1536, 1.50 KiB",
    "65536, 64 KiB",
    "2147483648, 2 GiB",
    "9223372036854775807, 8388608 TiB"
  })
  void sizesAreSaidInTheLargestUnit(long bytes, String text) {
    assertThat(Quantity.text(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1:0, 127.0.0.1, 0", "[::1]:6380, ::1, 6380", "a-b.c:65535, a-b.c, 65535"})
  void addressesAreReadAndSaidAlike(String text, String host, int port) {
    assertThat(HostPort.parse(text)).isEqualTo(new HostPort(host, port)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({"1.8, 8", "9, 9", "17, 17", "25, 25"})
  void theLauncherReadsVersionsOfAllTimes(String specification, int java) {
    assertThat(Launcher.java(specification)).isEqualTo(java);
  }
}
