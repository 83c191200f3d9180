package io.daxflux.reactive.devdax;

import static io.daxflux.reactive.Chunks.SOON;

import io.daxflux.config.FormatPolicy;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Leaves chunks on a real device-dax that is no other test's: {@link RealDaxAfterRebootTest}. */
@Tag("devdax")
@EnabledIfSystemProperty(
    named = "daxflux.test.dax.kept",
    matches = "/.+",
    disabledReason = "no device-dax device to be kept over a reboot was named")
class RealDaxBeforeRebootTest {
  @RegisterExtension final QuietStores stores = new QuietStores();

  @Test
  void chunksAreLeftForTheNextBoot() throws Exception {
    ReactiveChunkStore store = LeftChunks.open(FormatPolicy.ALWAYS);
    LeftChunks.put(store);
    store.close().block(SOON);
  }
}
