package io.daxflux.cli;

import io.daxflux.net.Server;
import io.daxflux.reactive.ReactiveChunkStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/** Servers that are stopped together, before the store that they serve is closed. */
final class BoundServers implements AutoCloseable {
  private final Duration drain;
  private final List<Server> servers = new ArrayList<>();

  /**
   * None yet.
   *
   * @param drain how long requests under way are given
   */
  BoundServers(Duration drain) {
    this.drain = drain;
  }

  void bind(Listener listener, ReactiveChunkStore store) {
    servers.add(listener.bind(store));
  }

  /** Where they listen, a line each. */
  List<String> lines() {
    return servers.stream().map(Server::toString).toList();
  }

  /** All at once refuse who comes new and let the others end. Blocks. */
  @Override
  public void close() {
    Mono.whenDelayError(servers.stream().map(server -> server.stop(drain)).toList()).block();
  }
}
