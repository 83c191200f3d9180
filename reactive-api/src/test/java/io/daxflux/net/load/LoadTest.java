package io.daxflux.net.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.net.ServedTest;
import io.daxflux.net.Server;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.testkit.Seeds;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Hundreds of connections of all protocols to one store leave no lease, no writer and no buffer,
 * and no memory. {@code mvn -q -Pload -Dseconds=300} goes on for as long as one likes.
 */
class LoadTest extends ServedTest {
  private static final Duration TIME = Duration.ofSeconds(30);

  @Test
  void clientsThatComeAndGoLeaveNothingAndMemoryDoesNotGrow() {
    // A put that finds no room for once is dropped by lm://, with a line.
    stores.allowLog("PUT dropped: no room");
    Seeds.forEach(
        1,
        random -> {
          ReactiveChunkStore store =
              stores
                  .spec()
                  .arena(Load.ARENA_BYTES)
                  .with(options -> options.leaseMaxAge(Load.LONG))
                  .open();
          List<Server> bound =
              Load.PROTOCOLS.stream()
                  .map(protocol -> servers.bound(protocol.bind(store, Load.options())))
                  .toList();

          Load.run(store, bound, random, TIME);

          assertThat(bound)
              .allSatisfy(
                  server -> {
                    assertThat(server.counters().requests()).isPositive();
                    assertThat(server.counters().malformed()).as("malformed").isZero();
                  });
        });
  }
}
