package io.daxflux.net.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.daxflux.net.ServedTest;
import io.daxflux.net.Server;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that were used and are idle cost little. {@code mvn -q -Pload} says how little. */
class IdleConnectionsTest extends ServedTest {
  private static final int CONNECTIONS = 2000;
  private static final long MOST_BYTES_EACH = 8 << 10;

  /** Of the JVM's own, which come and go. */
  private static final int MOST_STRAY_THREADS = 10;

  @ParameterizedTest
  @MethodSource("protocols")
  void thousandsHaveNoThreadNoBufferAndLittleMemory(LoadedProtocol protocol) {
    Server server = servers.bound(protocol.bind(store(Load.ARENA_BYTES), Load.options()));

    // Both ends are in this process, and there are other files.
    assumeThat(IdleCost.mostConnections()).isGreaterThanOrEqualTo(CONNECTIONS);

    IdleCost cost = IdleCost.of(protocol, server, CONNECTIONS);

    assertThat(cost.bytesEach()).as("%s", cost).isLessThan(MOST_BYTES_EACH);
    assertThat(cost.threads()).as("%s", cost).isLessThan(MOST_STRAY_THREADS);
  }

  static List<LoadedProtocol> protocols() {
    return Load.PROTOCOLS;
  }
}
