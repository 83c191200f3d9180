package io.daxflux.perf.served;

import io.daxflux.perf.peer.PeerException;
import io.daxflux.perf.peer.RedisServer;
import java.nio.file.Path;
import java.time.Duration;

/** Redis as Debian has it, without persistence. */
public final class RedisHost implements Host {
  /** What tables call it. */
  public static final String NAME = "Redis 7";

  private final RedisServer server;

  /**
   * Starts it.
   *
   * @throws PeerException where it is not installed
   */
  public RedisHost(Path folder) {
    server = new RedisServer(folder);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int port() {
    return server.port();
  }

  @Override
  public Duration cpuTime() {
    return server.cpuTime();
  }

  @Override
  public void close() {
    server.close();
  }
}
