package io.daxflux.net.fuzz;

import static io.daxflux.reactive.Chunks.SOON;

import io.daxflux.config.DaxfluxConfig;
import io.daxflux.net.CountedBuffers;
import io.daxflux.net.Server;
import io.daxflux.net.ServerCounters;
import io.daxflux.net.ServerOptions;
import io.daxflux.net.lm.LmFuzz;
import io.daxflux.net.resp.GuardedRespFuzz;
import io.daxflux.net.resp.RespFuzz;
import io.daxflux.net.wire.WireFuzz;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.StoreStatus;
import io.daxflux.testkit.SeriesArguments;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Fuzzes every protocol, for as long as one likes. */
public final class FuzzSeries {
  /** Add a protocol here, and it is fuzzed as the others are. */
  public static final List<FuzzedProtocol> PROTOCOLS =
      List.of(
          new LmFuzz(),
          new RespFuzz(),
          new GuardedRespFuzz(),
          new WireFuzz(""),
          new WireFuzz("swordfish"));

  private FuzzSeries() {}

  /** Little of everything, so that every limit is met. */
  public static ServerOptions.Builder options() {
    return ServerOptions.builder()
        .eventLoops(2)
        .mostRequestsUnderWay(8)
        .mostBufferedBytes(1 << 16)
        .mostBodyBytes(1 << 20)
        .mostHeaderBytes(1 << 12)
        .requestTimeout(Duration.ofMillis(500))
        .handshakeTimeout(Duration.ofMillis(500))
        .writeTimeout(Duration.ofMillis(500));
  }

  /**
   * Arguments: how many frames of each protocol, and the seed; without it another one each time.
   */
  public static void main(String[] arguments) throws Exception {
    SeriesArguments told = SeriesArguments.orExit("frames", arguments);
    int frames = told.count();
    long seed = told.seed();
    System.out.println("seed " + seed);
    for (FuzzedProtocol protocol : PROTOCOLS) {
      System.out.println(protocol + ": " + run(protocol, seed, frames));
    }
    CountedBuffers.origins().forEach(Throwable::printStackTrace);
    System.exit(CountedBuffers.origins().isEmpty() ? 0 : 1);
  }

  private static ServerCounters run(FuzzedProtocol protocol, long seed, int frames)
      throws Exception {
    DaxfluxConfig config =
        DaxfluxConfig.builder()
            .devicePath(DaxfluxConfig.MEMORY)
            .deviceBytes(16 << 20)
            .outputBudgetBytes(1 << 20)
            .build();
    ReactiveChunkStore store = ReactiveChunkStore.open(config).block(SOON);
    try (FailureWatch failures = new FailureWatch()) {
      Server server = protocol.bind(store, options()).block(SOON);
      FuzzRun.run(protocol, server, new Random(seed), frames);
      server.stop(Duration.ofSeconds(5)).block(SOON);
      failures.check();
      StoreStatus status = store.status().block(SOON);
      if (!status.isQuiet()) {
        throw new AssertionError("expected nothing to be left in the store, found " + status);
      }
      return server.counters();
    } finally {
      store.close().block(SOON);
    }
  }
}
