package io.daxflux.net.load;

import io.daxflux.net.Server;
import io.daxflux.net.ServerOptions;
import io.daxflux.reactive.ReactiveChunkStore;
import java.net.InetSocketAddress;
import reactor.core.publisher.Mono;

/** What a load has to know of a protocol. */
public interface LoadedProtocol {
  /** Serves it. */
  Mono<Server> bind(ReactiveChunkStore store, ServerOptions options);

  /** A client that has been let in. */
  LoadClient connect(InetSocketAddress address);
}
