package io.daxflux.perf.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void quartilesOfFiveSamplesAreSamples() {
    Samples samples = of(50, 10, 40, 20, 30);

    assertThat(samples.spread()).isEqualTo(new Spread(5, 10, 20, 30, 40, 49.6, 50));
  }

  @Test
  void medianOfTwoLiesBetweenThem() {
    assertThat(of(1, 4).spread().median()).isEqualTo(2.5);
  }

  @Test
  void oneSampleIsAllOfIt() {
    assertThat(of(7).spread()).isEqualTo(Spread.of(7));
  }

  @Test
  void manySamplesAreAllKept() {
    Samples samples = new Samples();
    IntStream.rangeClosed(0, 1000).forEach(samples::add);

    assertThat(samples.spread()).isEqualTo(new Spread(1001, 0, 250, 500, 750, 990, 1000));
  }

  @Test
  void noSamplesSayNothing() {
    assertThatThrownBy(() -> new Samples().spread())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("expected at least one sample, found none");
  }

  private static Samples of(double... values) {
    Samples samples = new Samples();
    for (double value : values) {
      samples.add(value);
    }
    return samples;
  }
}
