package io.daxflux.perf.kernel;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;

/** Makes JMH print what was reached without checksums and with them. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class CheckedRates {
  private long bytes;
  private long plainNs;
  private long checkedNs;
  private int threads;

  /** GB/s without checksums. */
  public double plain() {
    return bytes / (double) plainNs / threads;
  }

  /** GB/s with checksums. */
  public double checked() {
    return bytes / (double) checkedNs / threads;
  }

  /** The second divided by the first. */
  public double share() {
    return plainNs / (double) checkedNs / threads;
  }

  /** JMH counts from here in each iteration, and adds the threads' counts up. */
  @Setup(Level.Iteration)
  public void reset(BenchmarkParams benchmark) {
    bytes = 0;
    plainNs = 0;
    checkedNs = 0;
    threads = benchmark.getThreads();
  }

  void add(long copiedBytes, long plainNs, long checkedNs) {
    bytes += copiedBytes;
    this.plainNs += plainNs;
    this.checkedNs += checkedNs;
  }
}
