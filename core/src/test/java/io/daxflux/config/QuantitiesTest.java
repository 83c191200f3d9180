package io.daxflux.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a file may say, an option may: {@link ConfigMapValuesTest} has the many forms. */
class QuantitiesTest {
  @Test
  void bytesComeWithAUnitOrWithout() {
    assertThat(Quantities.bytes("chunk", "4096")).isEqualTo(4096);
    assertThat(Quantities.bytes("chunk", "1.5MiB")).isEqualTo(3 << 19);
    assertThatThrownBy(() -> Quantities.bytes("chunk", "0"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("chunk: expected a number of bytes greater than 0, found '0'");
  }

  @Test
  void durationsComeWithAUnitOrInSeconds() {
    assertThat(Quantities.duration("drain", "500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(Quantities.duration("drain", "2")).isEqualTo(Duration.ofSeconds(2));
    assertThatThrownBy(() -> Quantities.duration("drain", "-1s"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("drain: expected a duration of at least 0, such as 30s, found '-1s'");
  }
}
