package io.daxflux.net.load;

import static io.daxflux.reactive.Chunks.SOON;

import io.daxflux.config.DaxfluxConfig;
import io.daxflux.net.CountedBuffers;
import io.daxflux.net.Server;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.testkit.SeriesArguments;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Loads servers of all protocols, for as long as one likes. */
public final class LoadSeries {
  private static final int IDLE_CONNECTIONS = 5000;

  private LoadSeries() {}

  /** Arguments: for how many seconds, and the seed; without it another one each time. */
  public static void main(String[] arguments) throws Exception {
    SeriesArguments told = SeriesArguments.orExit("seconds", arguments);
    Duration time = Duration.ofSeconds(told.count());
    long seed = told.seed();
    System.out.println("seed " + seed);
    DaxfluxConfig config =
        DaxfluxConfig.builder()
            .devicePath(DaxfluxConfig.MEMORY)
            .deviceBytes(Load.ARENA_BYTES)
            .outputBudgetBytes(1 << 20)
            .leaseMaxAge(Load.LONG)
            .build();
    ReactiveChunkStore store = ReactiveChunkStore.open(config).block(SOON);
    List<Server> servers =
        Load.PROTOCOLS.stream()
            .map(protocol -> protocol.bind(store, Load.options()).block(SOON))
            .toList();
    for (int i = 0; i < servers.size(); i++) {
      IdleCost cost =
          IdleCost.of(
              Load.PROTOCOLS.get(i),
              servers.get(i),
              Math.min(IDLE_CONNECTIONS, IdleCost.mostConnections()));
      System.out.println(servers.get(i) + ": " + cost);
    }
    Load load = Load.run(store, servers, new Random(seed), time);
    System.out.printf("%,d actions; left behind each third:%n", load.actions());
    load.memory().forEach(System.out::println);
    for (Server server : servers) {
      System.out.println(server + ": " + server.counters());
      server.stop(Duration.ZERO).block(SOON);
    }
    store.close().block(SOON);
    CountedBuffers.origins().forEach(Throwable::printStackTrace);
    System.exit(CountedBuffers.origins().isEmpty() ? 0 : 1);
  }
}
