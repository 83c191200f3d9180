package io.daxflux.net;

import static io.daxflux.reactive.Chunks.SOON;

import io.daxflux.reactive.QuietStores;
import io.netty.util.LeakPresenceDetector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.core.publisher.Mono;

/**
 * Stops the servers of a test, and fails the test if it leaves a buffer of Netty's behind.
 *
 * <p>Register it behind the stores that are served, so that it ends before them:
 *
 * <pre>
 * {@literal @}Order(1) {@literal @}RegisterExtension final QuietStores stores = new QuietStores();
 * {@literal @}Order(2) {@literal @}RegisterExtension final Servers servers = new Servers();
 * </pre>
 */
public final class Servers implements AfterEachCallback {
  private final List<Server> bound = new ArrayList<>();

  /** Binds a server, which is stopped after the test at the latest. */
  public Server bound(Mono<Server> binding) {
    Server server = binding.block(SOON);
    bound.add(server);
    return server;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    bound.forEach(server -> server.stop(Duration.ZERO).block(SOON));
    QuietStores.until(Servers::isEveryBufferReleased, "all buffers to be released");
    LeakPresenceDetector.check();
  }

  private static boolean isEveryBufferReleased() {
    try {
      LeakPresenceDetector.check();
      return true;
    } catch (IllegalStateException leak) {
      return false;
    }
  }
}
