package io.daxflux.net.lm;

import io.daxflux.net.Server;
import io.daxflux.net.ServerOptions;
import io.daxflux.net.serve.Serving;
import io.daxflux.reactive.ReactiveChunkStore;
import reactor.core.publisher.Mono;

/**
 * Serves a store to LMCache, which finds it by {@code remote_url: "lm://host:port"}.
 *
 * {@snippet :
 * Server server =
 *     LmServer.bind(store, ServerOptions.builder().listenOn("127.0.0.1", 65432).build()).block();
 * }
 *
 * <p>The protocol has no word for a refusal: a chunk that cannot be stored is received, dropped and
 * {@linkplain io.daxflux.net.ServerCounters#droppedPuts() counted}. It has no word for a password
 * either: whom to let in is decided by the address and by mutual TLS.
 */
public final class LmServer {
  private LmServer() {}

  /**
   * Begins to listen, on demand.
   *
   * @return the server, which the subscriber stops before it closes the store. Fails with {@link
   *     IllegalArgumentException} where the TLS files are not as they should be, and with the
   *     system's error where the address is not to be had
   * @throws IllegalArgumentException where a secret is asked for
   */
  public static Mono<Server> bind(ReactiveChunkStore store, ServerOptions options) {
    if (options.secret() != null) {
      throw new IllegalArgumentException(
          "lm: expected no secret, for the protocol has no word for one, found one;"
              + " TLS with client authorities lets in only whom you know");
    }
    return Serving.bind(store, options, new LmProtocol());
  }
}
