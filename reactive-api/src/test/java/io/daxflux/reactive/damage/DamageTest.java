package io.daxflux.reactive.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.testkit.Seeds;
import org.junit.jupiter.api.Test;

/**
 * Files of stores are damaged in many ways. {@code mvn -q -Pcorrupt -Dcases=100000} does it as
 * often as asked.
 */
class DamageTest {
  private static final int CASES = 1000;

  @Test
  void damagedFileIsRefusedInOneLineOrServesNothingButWhatWasPut() {
    Seeds.forEach(
        1,
        random -> {
          DamageFigures figures = DamageSeries.run(random.nextInt(), CASES);

          assertThat(figures.wrong).isEmpty();
          assertThat(figures.cases).isEqualTo(CASES);
          assertThat(figures.served).as("served").isPositive();
          assertThat(figures.missed).as("missed").isNotEmpty();
          assertThat(figures.refused).as("refused").isNotEmpty();
        });
  }
}
