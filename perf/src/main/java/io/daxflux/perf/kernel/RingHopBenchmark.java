package io.daxflux.perf.kernel;

import io.daxflux.perf.floor.BareHop;
import io.daxflux.reactive.ring.StoreRing;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import reactor.core.publisher.Mono;

/** A hop to the store's thread and back, waited for, beside the same over a bare Disruptor. */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class RingHopBenchmark {
  private static final int SLOTS = 1024;

  private BareHop bare;
  private StoreRing ring;

  /** Starts both threads. */
  @Setup
  public void start() {
    bare = new BareHop();
    ring = new StoreRing(SLOTS);
  }

  /** Ends both. */
  @TearDown
  public void stop() {
    bare.close();
    ring.close();
  }

  /** The store's ring. */
  @Benchmark
  public boolean storeRing() {
    return Mono.<Boolean>create(sink -> ring.tryPublish(() -> sink.success(true))).block();
  }

  /** A Disruptor as it comes, which parks when it has nothing to do. */
  @Benchmark
  public void bareDisruptor() {
    bare.thereAndBack();
  }
}
