package io.daxflux.examples.longdocqa.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.examples.longdocqa.PathOrder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SystemFiguresTest {
  private final long[] sorted = {1, 2, 3, 4, 5, 6, 7, 8, 9, 1000};

  @Test
  void theTrimmedMeanLeavesOutBothEnds() {
    assertThat(SystemFigures.mean(sorted, 0)).isEqualTo(104.5);
    assertThat(SystemFigures.mean(sorted, 0.1)).isEqualTo(5.5);
    assertThat(SystemFigures.mean(sorted, 0.09)).isEqualTo(104.5);
  }

  @Test
  void ofFewTheNinetyNinthPercentileIsTheSlowest() {
    assertThat(SystemFigures.percentile(sorted, 0.99)).isEqualTo(1000);
    assertThat(SystemFigures.percentile(sorted, 0.5)).isEqualTo(5);
  }

  @Test
  void thePublishedRowIsTheOneUnderTheSameControl() {
    RoundOptions options = new RoundOptions();
    assertThat(Changes.published(options).ttftPercent()).isEqualTo(-61.6);
    options.minRound = Duration.ofSeconds(61);
    assertThat(Changes.published(options).ttftPercent()).isEqualTo(-62.0);
    options.order = PathOrder.REVERSED;
    assertThat(Changes.published(options).ttftPercent()).isEqualTo(-58.4);
  }
}
