/**
 * The reactive store: what a user of daxflux needs, and nothing else, is exported. Ring, sessions
 * and configuration files stay inside.
 */
module io.daxflux.reactive {
  requires transitive io.daxflux.core;
  requires transitive org.reactivestreams;
  requires transitive reactor.core;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.yaml;
  requires com.lmax.disruptor;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports io.daxflux.reactive;
}
