/**
 * The reactive store: requests in over a ring, sessions on one thread, region copies on a bounded
 * scheduler, and {@code Flux} and {@code Mono} out.
 */
module io.daxflux.reactive {
  requires transitive io.daxflux.core;
  requires transitive reactor.core;
  requires transitive org.reactivestreams;
  requires static transitive org.jspecify;
  requires com.lmax.disruptor;
  requires com.fasterxml.jackson.dataformat.yaml;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.core;
  requires org.slf4j;
  // What the servers need, and nobody else
  requires static io.netty.buffer;
  requires static io.netty.codec;
  requires static io.netty.common;
  requires static io.netty.handler;
  requires static io.netty.transport;
  requires static reactor.netty.core;
  // What the command needs
  requires static info.picocli;

  exports io.daxflux.net;
  exports io.daxflux.net.lm;
  exports io.daxflux.net.resp;
  exports io.daxflux.net.wire;
  exports io.daxflux.reactive;
  exports io.daxflux.reactive.outcome;

  // Its options are set by reflection
  opens io.daxflux.cli to
      info.picocli;
}
