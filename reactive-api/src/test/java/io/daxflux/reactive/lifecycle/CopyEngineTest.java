package io.daxflux.reactive.lifecycle;

import static io.daxflux.reactive.Chunks.BLOCK;
import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.assertBytes;
import static io.daxflux.reactive.Chunks.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.daxflux.config.CopyEngine;
import io.daxflux.config.VerifyPolicy;
import io.daxflux.device.NativeCopy;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.Setup;
import io.daxflux.reactive.outcome.RestoredBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CopyEngineTest {
  @RegisterExtension final QuietStores stores = new QuietStores();

  private String engineOf(Setup device, CopyEngine wish) {
    ReactiveChunkStore store =
        stores.spec().over(device).with(options -> options.copyEngine(wish)).open();
    return QuietStores.statusOf(store).device().copyEngine();
  }

  /** Where CI runs, there is a C compiler. */
  private static void needNativeCopies() {
    boolean available = NativeCopy.offer() instanceof NativeCopy.Offer.Available;
    assertThat(available || !"true".equals(System.getenv("CI"))).isTrue();
    assumeTrue(available, "no native copies: it takes a C compiler (package gcc)");
  }

  @Test
  void theVirtualMachineCopiesUnlessSomethingElseIsAskedFor() {
    assertThat(QuietStores.statusOf(stores.open()).device().copyEngine()).isEqualTo("jvm");
  }

  @Test
  void autoIsNativeWhereMemoryCannotFault() {
    needNativeCopies();

    assertThat(engineOf(Setup.MEMORY_DIRECT, CopyEngine.AUTO))
        .matches("native \\(\\w+\\) into output memory, jvm otherwise");
  }

  @Test
  void autoIsNeverNativeOverAFile() {
    assertThat(engineOf(Setup.FILE_DIRECT, CopyEngine.AUTO)).isEqualTo("jvm");
  }

  @Test
  void nativeOverAFileIsWarnedOfAndServes() {
    needNativeCopies();
    stores.allowLog("the process ends");
    ReactiveChunkStore store =
        stores
            .spec()
            .over(Setup.FILE_DIRECT)
            .with(options -> options.copyEngine(CopyEngine.NATIVE).verify(VerifyPolicy.ALWAYS))
            .open();
    Chunks.put(store, "a", 3 * BLOCK + 5);

    try (RestoredBatch batch = store.restoreAll(keys("a")).block(SOON)) {
      assertBytes(batch.hits().getFirst().segment(), "a", 3 * BLOCK + 5);
    }
    assertThat(QuietStores.statusOf(store).device().copyEngine()).startsWith("native (");
  }
}
