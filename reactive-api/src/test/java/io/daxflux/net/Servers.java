package io.daxflux.net;

import static io.daxflux.reactive.Chunks.SOON;

import io.netty.util.ResourceLeakDetector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
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
public final class Servers implements BeforeEachCallback, AfterEachCallback {
  private final Duration patience;
  private final List<Server> bound = new ArrayList<>();

  /** What others have left, or what Netty keeps. */
  private Set<Throwable> before = Set.of();

  public Servers() {
    this(SOON);
  }

  Servers(Duration patience) {
    this.patience = patience;
  }

  /** Binds a server, which is stopped after the test at the latest. */
  public Server bound(Mono<Server> binding) {
    Server server = binding.block(SOON);
    bound.add(server);
    return server;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    before = CountedBuffers.origins();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    bound.forEach(server -> server.stop(Duration.ZERO).block(SOON));
    try {
      Awaitility.await()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .atMost(patience)
          .until(() -> left().isEmpty());
    } catch (ConditionTimeoutException late) {
      AssertionError error =
          new AssertionError("expected no buffer to be left, found " + left().size());
      left().forEach(error::addSuppressed);
      throw error;
    }
  }

  private Set<Throwable> left() {
    Set<Throwable> left = new HashSet<>(CountedBuffers.origins());
    left.removeAll(before);
    return left;
  }
}
