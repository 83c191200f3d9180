package io.daxflux.reactive.session;

import io.daxflux.config.CachePolicy;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.DurabilityPolicy;
import io.daxflux.config.VerifyPolicy;
import java.util.Random;

/** The options of one opening. */
final class SimulatedOptions {
  private static final int OUTPUT_BYTES = 24 << 10;
  private static final int SCRUB_BYTES_PER_SECOND = 100_000;

  private SimulatedOptions() {}

  static DaxfluxConfig drawn(Random random, int blockBytes, boolean power) {
    CachePolicy[] policies = CachePolicy.values();
    VerifyPolicy[] verifies = VerifyPolicy.values();
    return DaxfluxConfig.builder()
        .devicePath("simulated")
        .outputBudgetBytes(OUTPUT_BYTES)
        .blockBytes(blockBytes)
        .durability(power ? DurabilityPolicy.POWER : DurabilityPolicy.PROCESS)
        .checksum(random.nextInt(4) > 0)
        .verify(verifies[random.nextInt(verifies.length)])
        .cachePolicy(policies[random.nextInt(policies.length)])
        .asyncPut(random.nextInt(5) == 0)
        .scrubBytesPerSecond(random.nextInt(4) == 0 ? SCRUB_BYTES_PER_SECOND : 0)
        .restoreWorkers(1 + random.nextInt(3))
        .restoreMaxRegions(1 + random.nextInt(3))
        .streamArenaShare(0.3)
        .closeGrace(SteppedStore.CLOSE_GRACE)
        .build();
  }
}
