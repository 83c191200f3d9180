package io.daxflux.reactive.devdax;

import static io.daxflux.reactive.Chunks.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.config.FormatPolicy;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Finds on a real device-dax what {@link RealDaxBeforeRebootTest} left before the machine was
 * started anew.
 */
@Tag("devdax")
@EnabledIfSystemProperty(
    named = "daxflux.test.dax.kept",
    matches = "/.+",
    disabledReason = "no device-dax device that was kept over a reboot was named")
class RealDaxAfterRebootTest {
  @RegisterExtension final QuietStores stores = new QuietStores();

  @Test
  void chunksOfTheBootBeforeAreThereAndWhole() throws Exception {
    ReactiveChunkStore store = LeftChunks.open(FormatPolicy.NEVER);

    assertThat(QuietStores.statusOf(store).media().recovered()).isEqualTo(LeftChunks.count());
    assertThat(QuietStores.statusOf(store).media().dropped()).isZero();
    LeftChunks.assertOfAnotherBoot(store);

    store.close().block(SOON);
  }
}
