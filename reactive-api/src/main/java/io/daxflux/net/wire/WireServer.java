package io.daxflux.net.wire;

import io.daxflux.net.Server;
import io.daxflux.net.ServerOptions;
import io.daxflux.net.serve.Serving;
import io.daxflux.reactive.ReactiveChunkStore;
import reactor.core.publisher.Mono;

/** Serves a store to {@link RemoteChunkStore}s. */
public final class WireServer {
  private WireServer() {}

  /**
   * Binds.
   *
   * @param store what is served; it stays its owner's
   * @param limits what one client may hold of it
   * @return the server, which the subscriber stops. Fails with {@link IllegalArgumentException}
   *     where files are not as they should be, and with the system's error where the address is not
   *     to be had
   */
  public static Mono<Server> bind(
      ReactiveChunkStore store, ServerOptions options, WireLimits limits) {
    return store
        .status()
        .flatMap(
            status ->
                Serving.bind(
                    store,
                    options,
                    new WireProtocol(limits, limits.lentBytesOf(status.arena().bytes()))));
  }
}
