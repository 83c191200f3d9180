package io.daxflux.net.load;

import io.daxflux.net.Server;
import io.daxflux.net.ServerOptions;
import io.daxflux.net.lm.LmLoad;
import io.daxflux.net.resp.RespLoad;
import io.daxflux.net.wire.WireLoad;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A load in three parts, behind each of which nothing may be left, and behind the last no more
 * memory in use than behind the first.
 *
 * @param memory what was held behind each part
 * @param actions what the clients did, in all
 */
record Load(List<Memory> memory, long actions) {
  /** Add a protocol here, and it is loaded as the others are. */
  static final List<LoadedProtocol> PROTOCOLS =
      List.of(new LmLoad(), new RespLoad(), new WireLoad());

  /** Less than the {@link Blob}s take, so that some are evicted. */
  static final long ARENA_BYTES = 12 << 20;

  /** Connections at a time to the server of each protocol. */
  private static final int CLIENTS_EACH = 100;

  private static final int PARTS = 3;

  /** Nobody is late because the machine is slow, or stands still for a while. */
  static final Duration LONG = Duration.ofHours(1);

  /** By so much a heap and the pools of buffers may differ where nothing is left. */
  private static final long SLACK_BYTES = 8 << 20;

  static ServerOptions options() {
    return ServerOptions.builder()
        .eventLoops(2)
        .handshakeTimeout(LONG)
        .requestTimeout(LONG)
        .writeTimeout(LONG)
        .build();
  }

  /**
   * Runs it.
   *
   * @param servers of {@link #PROTOCOLS}, in their order
   * @throws AssertionError where a client was not served as it must be, or something is left
   */
  static Load run(ReactiveChunkStore store, List<Server> servers, Random random, Duration time)
      throws InterruptedException {
    LoadRun run = new LoadRun(random, CLIENTS_EACH);
    List<Memory> memory = new ArrayList<>();
    for (int part = 0; part < PARTS; part++) {
      run.run(PROTOCOLS, servers, time.dividedBy(PARTS));
      for (Server server : servers) {
        awaitNobody(server);
      }
      QuietStores.awaitQuiet(store);
      memory.add(Memory.now());
    }
    Load load = new Load(List.copyOf(memory), run.actions());
    load.check();
    return load;
  }

  static void awaitNobody(Server server) {
    QuietStores.until(() -> server.counters().connectionsOpen() == 0, "all to be gone");
  }

  private void check() {
    Memory growth = memory.getLast().minus(memory.getFirst());
    if (Math.max(growth.heapBytes(), growth.directBytes()) > SLACK_BYTES) {
      throw new AssertionError("expected memory that does not grow, found " + memory);
    }
  }
}
