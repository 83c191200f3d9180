package io.daxflux.examples.longdocqa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.daxflux.examples.longdocqa.Callers.Timing;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PathFiguresTest {
  /** Histograms keep three digits. */
  private static final Offset<Double> DIGITS = within(0.2);

  private static final long MS = 1_000_000;

  @Test
  void figuresAreOfDocumentsAndThroughputOfAllInFlight() {
    Samples samples = new Samples();
    samples.add(List.of(new Timing(0, 10 * MS, 100 * MS), new Timing(0, 30 * MS, 200 * MS)));
    samples.add(List.of(new Timing(50 * MS, 70 * MS, 350 * MS)));
    PathFigures figures = PathFigures.of(PathKind.RESTORE_ALL, samples, 1_000_000_000, null, null);

    assertThat(figures.documents()).isEqualTo(3);
    assertThat(figures.meanMs()).isCloseTo(200, DIGITS);
    assertThat(figures.medianMs()).isCloseTo(200, DIGITS);
    assertThat(figures.p99Ms()).isCloseTo(300, DIGITS);
    assertThat(figures.firstChunkMs()).isCloseTo(20, DIGITS);
    assertThat(figures.gigabytesPerSecond()).as("two in 200 ms").isCloseTo(10, DIGITS);
    assertThat(figures.ratioToSerial()).isNull();
    assertThat(figures.ratioToFloor()).isNull();
  }

  @Test
  void ratiosSayHowManyTimesAsFast() {
    PathFigures figures = PathFigures.of(PathKind.STAGED, taking(80), 1, taking(160), taking(40));
    assertThat(figures.ratioToSerial()).isCloseTo(2, within(0.01));
    assertThat(figures.ratioToFloor()).isCloseTo(0.5, within(0.01));
  }

  @Test
  void whatCopiesNothingHasNoThroughput() {
    assertThat(
            PathFigures.of(PathKind.BORROW_PREFIX, taking(1), 1, null, null).gigabytesPerSecond())
        .isNull();
  }

  private static Samples taking(long ms) {
    Samples samples = new Samples();
    samples.add(List.of(new Timing(0, ms * MS, ms * MS)));
    return samples;
  }
}
