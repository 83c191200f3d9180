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

/**
 * A request over the store's ring, waited for: served by the caller as a guest, or by the store's
 * own thread after a hop, which is what a bare Disruptor takes beside it.
 */
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
  private StoreRing withoutGuests;

  /** Starts their threads. */
  @Setup
  public void start() {
    bare = new BareHop();
    ring = new StoreRing(SLOTS);
    withoutGuests = StoreRing.withoutGuests(SLOTS);
  }

  /** Ends them. */
  @TearDown
  public void stop() {
    bare.close();
    ring.close();
    withoutGuests.close();
  }

  /** The store's ring, and its caller a guest. */
  @Benchmark
  public boolean storeRing() {
    return served(ring);
  }

  /** The store's ring, and its own thread. */
  @Benchmark
  public boolean storeRingWithoutGuests() {
    return served(withoutGuests);
  }

  private static boolean served(StoreRing by) {
    return Mono.<Boolean>create(sink -> by.tryPublish(() -> sink.success(true))).block();
  }

  /** A Disruptor as it comes, which parks when it has nothing to do. */
  @Benchmark
  public void bareDisruptor() {
    bare.thereAndBack();
  }
}
