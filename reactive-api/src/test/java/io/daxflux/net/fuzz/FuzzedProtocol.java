package io.daxflux.net.fuzz;

import io.daxflux.net.Server;
import io.daxflux.net.ServerOptions;
import io.daxflux.reactive.ReactiveChunkStore;
import java.net.InetSocketAddress;
import java.util.Random;
import reactor.core.publisher.Mono;

/** What a fuzzer has to know of a protocol. */
public interface FuzzedProtocol {
  /** Serves it, with these options and its own. */
  Mono<Server> bind(ReactiveChunkStore store, ServerOptions.Builder options);

  /** What a connection begins with, where the protocol wants something to be said first. */
  default byte[] greeting(Random random) {
    return new byte[0];
  }

  /**
   * A request that the server might be sent, with its payload, as a rule of some hundred bytes: one
   * that is right, or wrong in a way that only somebody who knows the protocol thinks of.
   */
  byte[] frame(Random random);

  /**
   * Does what a client does who knows nothing of the others: puts something, gets it back, compares
   * it. Fails where that is not so, or does not happen soon.
   */
  void probe(InetSocketAddress address, Random random);
}
