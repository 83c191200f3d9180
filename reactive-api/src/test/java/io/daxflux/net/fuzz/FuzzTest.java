package io.daxflux.net.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.net.ServedTest;
import io.daxflux.net.Server;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.testkit.Seeds;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever clients send, the server serves the others and keeps nothing. {@code mvn -q -Pfuzz
 * -Dframes=100000} does it as often as asked.
 */
class FuzzTest extends ServedTest {
  private static final int FRAMES = 10_000;

  @ParameterizedTest
  @MethodSource("protocols")
  void hostileClientsDisturbNobodyAndLeaveNothing(FuzzedProtocol protocol) {
    // What clients do wrong is a warning; a failure of the server's is an error, and fails this.
    stores.allowLog("WARN ");
    Seeds.forEach(
        1,
        random -> {
          ReactiveChunkStore store = stores.spec().arena(4 << 20).open();
          Server server = servers.bound(protocol.bind(store, FuzzSeries.options()));

          FuzzRun.run(protocol, server, random, FRAMES);

          QuietStores.until(() -> server.counters().connectionsOpen() == 0, "all to be gone");
          awaitQuiet(store);
          assertThat(server.counters().requests()).as("requests").isGreaterThan(FRAMES / 10);
          assertThat(server.counters().malformed()).as("malformed").isPositive();
        });
  }

  static List<FuzzedProtocol> protocols() {
    return FuzzSeries.PROTOCOLS;
  }
}
