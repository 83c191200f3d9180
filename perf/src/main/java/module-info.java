/** JMH kernels, and comparisons against floors and peers. */
module io.daxflux.perf {
  requires io.daxflux.reactive;
  requires jmh.core;
}
