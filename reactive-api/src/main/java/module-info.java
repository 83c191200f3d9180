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

  exports io.daxflux.reactive;
  exports io.daxflux.reactive.outcome;
}
