package io.daxflux.perf.served;

import java.time.Duration;

/** A server that speaks RESP, in a process of its own. */
public interface Host extends AutoCloseable {
  /** What tables call it. */
  String name();

  /** Where it listens, on the loopback. */
  int port();

  /** What its process has computed so far, in the kernel and outside, in steps of 10 ms. */
  Duration cpuTime();

  @Override
  void close();
}
