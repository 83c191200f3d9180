package io.daxflux.reactive.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.FormatPolicy;
import io.daxflux.device.DeviceException;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.SilentLog;
import io.daxflux.testkit.Seeds;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes are killed in the middle of what they do to a store. {@code mvn -q -Pcrash
 * -Dkills=2000} kills as many as asked.
 */
class KillTest {
  private static final int KILLS = 20;
  private static final int FILE_BYTES = 18 << 20;
  private static final KillSeries.Pace PACE = KillSeries.Pace.ofChurning(120_000_000);

  @Test
  void whatWasAcknowledgedIsThereAfterAKillAndNothingElseUnlessWhole() {
    Seeds.forEach(
        1,
        random -> {
          try (KillSeries series = KillSeries.overFiles(random.nextLong(), PACE)) {
            KillFigures figures = series.run(KILLS);

            assertThat(figures.lost).as("lost").isEmpty();
            assertThat(figures.wrong).as("wrong").isEmpty();
            assertThat(figures.kills).isEqualTo(KILLS);
            assertThat(figures.commits).as("commits acknowledged").isPositive();
          }
        });
  }

  @Test
  void lockOfADeadOwnerIsNoObstacle(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("store");
    Ledger ledger = new Ledger(new KillFigures());
    DaxfluxConfig config =
        CrashStores.config(file.toString(), FILE_BYTES, FormatPolicy.NEVER, new Random(1));
    Victim owner = Victim.start(1, true);
    try (var _ = new SilentLog()) {
      owner.open(1, file, FILE_BYTES, FormatPolicy.IF_EMPTY, 1);
      owner.await(Report.OPENED);

      assertThatThrownBy(() -> ReactiveChunkStore.open(config).block(CrashStores.SOON))
          .isInstanceOf(DeviceException.class)
          .hasMessageStartingWith(file + ": asked for sole ownership, found it owned by ");

      owner.kill(ledger);
      ReactiveChunkStore.open(config).flatMap(ReactiveChunkStore::close).block(CrashStores.SOON);
    } finally {
      owner.discard();
    }
  }
}
