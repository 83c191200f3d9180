package io.daxflux.examples.longdocqa.engine;

import io.daxflux.config.DaxfluxConfig;
import io.daxflux.net.Server;
import io.daxflux.net.ServerOptions;
import io.daxflux.net.wire.RemoteChunkStore;
import io.daxflux.net.wire.RemoteOptions;
import io.daxflux.net.wire.WireLimits;
import io.daxflux.net.wire.WireServer;
import io.daxflux.reactive.ReactiveChunkStore;
import java.time.Duration;

/** The store under test once more, as one sees it who reaches it over loopback. */
final class Served implements AutoCloseable {
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private final Server server;
  private final ReactiveChunkStore remote;

  /** Serves it on a port that is free, and connects to that. */
  Served(ReactiveChunkStore store, DaxfluxConfig config) {
    this.server =
        WireServer.bind(store, ServerOptions.builder().build(), WireLimits.of(config)).block();
    this.remote =
        RemoteChunkStore.open(
                RemoteOptions.builder("127.0.0.1", server.address().getPort())
                    .outputBudgetBytes(config.outputBudgetBytes())
                    .build())
            .block();
  }

  /** The client's side. */
  ReactiveChunkStore remote() {
    return remote;
  }

  @Override
  public void close() {
    remote.close().block();
    server.stop(DRAIN).block();
  }
}
