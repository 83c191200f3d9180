package io.daxflux.reactive.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.testkit.Seeds;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Processes are killed in the middle of what they do to a store on real device-dax. The devices,
 * {@code daxflux.test.dax} and {@code daxflux.test.dax.fine}, are overwritten.
 */
@Tag("devdax")
@EnabledIfSystemProperty(
    named = "daxflux.test.dax",
    matches = "/.+",
    disabledReason = "no device-dax device to overwrite was named")
@EnabledIfSystemProperty(
    named = "daxflux.test.dax.fine",
    matches = "/.+",
    disabledReason = "no second device-dax device to overwrite was named")
class RealDaxKillTest {
  private static final int KILLS = 10;

  /** For a machine that may be emulated. */
  private static final KillSeries.Pace PACE =
      new KillSeries.Pace(300_000_000, 1_000_000_000, 100_000_000);

  @Test
  void whatWasAcknowledgedIsThereAfterAKillAndNothingElseUnlessWhole() {
    Path roomy = Path.of(System.getProperty("daxflux.test.dax"));
    Path tight = Path.of(System.getProperty("daxflux.test.dax.fine"));
    Seeds.forEach(
        1,
        random -> {
          try (KillSeries series = KillSeries.overDevices(random.nextLong(), PACE, roomy, tight)) {
            KillFigures figures = series.run(KILLS);

            System.out.println("device-dax: " + figures);
            assertThat(figures.lost).as("lost").isEmpty();
            assertThat(figures.wrong).as("wrong").isEmpty();
            assertThat(figures.kills).isEqualTo(KILLS);
            assertThat(figures.commits).as("commits acknowledged").isPositive();
          }
        });
  }
}
