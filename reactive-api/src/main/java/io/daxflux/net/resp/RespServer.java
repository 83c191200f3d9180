package io.daxflux.net.resp;

import io.daxflux.net.Server;
import io.daxflux.net.ServerOptions;
import io.daxflux.net.serve.Serving;
import io.daxflux.reactive.ReactiveChunkStore;
import java.time.InstantSource;
import reactor.core.publisher.Mono;

/**
 * Serves a store to Redis clients, and to LMCache by {@code redis://}, {@code resp://} and {@code
 * valkey://}.
 *
 * {@snippet :
 * Server server =
 *     RespServer.bind(store, ServerOptions.builder().listenOn("127.0.0.1", 6380).build()).block();
 * }
 *
 * <p>Chunks are strings there: their bytes, without layout and attributes. What is set there is a
 * {@linkplain io.daxflux.chunk.ChunkLayout#blob blob}. Where the options have a secret, it is the
 * password of the user {@code default}.
 */
public final class RespServer {
  private RespServer() {}

  /** Serves with the default options: nobody may remove all chunks at once. */
  public static Mono<Server> bind(ReactiveChunkStore store, ServerOptions options) {
    return bind(store, options, RespOptions.DEFAULTS);
  }

  /**
   * Begins to listen, on demand.
   *
   * @return the server, which the subscriber stops before it closes the store. Fails with {@link
   *     IllegalArgumentException} where the TLS files are not as they should be, and with the
   *     system's error where the address is not to be had
   */
  public static Mono<Server> bind(
      ReactiveChunkStore store, ServerOptions options, RespOptions allowed) {
    return bind(store, options, allowed, InstantSource.system());
  }

  /** The same by this clock, which must be the store's. */
  static Mono<Server> bind(
      ReactiveChunkStore store, ServerOptions options, RespOptions allowed, InstantSource clock) {
    return Mono.defer(() -> Serving.bind(store, options, new RespProtocol(allowed, clock)));
  }
}
