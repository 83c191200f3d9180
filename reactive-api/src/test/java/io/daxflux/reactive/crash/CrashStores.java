package io.daxflux.reactive.crash;

import io.daxflux.config.CachePolicy;
import io.daxflux.config.ConfigBuilder;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.DurabilityPolicy;
import io.daxflux.config.FormatPolicy;
import io.daxflux.config.RestoreMode;
import io.daxflux.config.VerifyPolicy;
import io.daxflux.testkit.Patience;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How the stores of kill tests are set up: the block size is fixed, all else is drawn. */
final class CrashStores {
  /** Longer than anything takes unless it hangs. */
  static final Duration SOON = Patience.ofSeconds(60);

  private static final int WORKERS = 2;

  private CrashStores() {}

  static DaxfluxConfig config(
      String path, long bytes, FormatPolicy format, RandomGenerator chance) {
    ConfigBuilder builder =
        DaxfluxConfig.builder()
            .devicePath(path)
            .deviceBytes(bytes)
            .blockBytes(4096)
            .outputBudgetBytes(32 << 20)
            .restoreWorkers(WORKERS)
            .restoreMaxRegions(WORKERS)
            .stagingSlabBytes(WORKERS * (4L << 20))
            .closeGrace(Duration.ofMillis(20))
            .prefault(false)
            .lockMemory(false)
            .format(format)
            .cachePolicy(VersionedChunks.oneOf(chance, CachePolicy.values()))
            .restoreMode(VersionedChunks.oneOf(chance, RestoreMode.values()))
            .verify(VersionedChunks.oneOf(chance, VerifyPolicy.values()))
            .durability(VersionedChunks.oneOf(chance, DurabilityPolicy.values()))
            .checksum(chance.nextInt(4) > 0)
            .scrubBytesPerSecond(chance.nextBoolean() ? 0 : 100 << 20);
    return builder.build();
  }
}
