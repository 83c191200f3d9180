/** JMH kernels, and comparisons against floors and peers. */
module io.daxflux.perf {
  requires io.daxflux.reactive;
  requires java.management; // the processor time of a thread
  requires jmh.core;
}
