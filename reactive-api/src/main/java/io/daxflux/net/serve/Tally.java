package io.daxflux.net.serve;

import io.daxflux.net.ServerCounters;
import java.util.concurrent.atomic.LongAdder;

/** What a server counts. Any thread. */
public final class Tally {
  private final LongAdder connections = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder requests = new LongAdder();
  private final LongAdder malformed = new LongAdder();
  private final LongAdder timeouts = new LongAdder();
  private final LongAdder wrongSecrets = new LongAdder();
  private final LongAdder droppedPuts = new LongAdder();
  private final LongAdder bytesIn = new LongAdder();
  private final LongAdder bytesOut = new LongAdder();

  Tally() {}

  void connection() {
    connections.increment();
  }

  void refused() {
    refused.increment();
  }

  /** A request was understood. */
  public void request() {
    requests.increment();
  }

  void malformed() {
    malformed.increment();
  }

  void timeout() {
    timeouts.increment();
  }

  void wrongSecret() {
    wrongSecrets.increment();
  }

  /** A chunk was sent and not stored. */
  public void droppedPut() {
    droppedPuts.increment();
  }

  void in(int bytes) {
    bytesIn.add(bytes);
  }

  void out(int bytes) {
    bytesOut.add(bytes);
  }

  /** All of it, of a server with so many connections. */
  public ServerCounters counters(int open) {
    return new ServerCounters(
        open,
        connections.sum(),
        refused.sum(),
        requests.sum(),
        malformed.sum(),
        timeouts.sum(),
        wrongSecrets.sum(),
        droppedPuts.sum(),
        bytesIn.sum(),
        bytesOut.sum());
  }
}
