package io.daxflux.perf.kernel;

import io.daxflux.restore.PlanLimits;
import io.daxflux.restore.Region;
import io.daxflux.restore.RestorePlanner;
import io.daxflux.restore.RestorePlanner.Order;
import io.daxflux.restore.Transfer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a plan costs, for chunks that lie side by side or apart. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class PlannerBenchmark {
  private static final long GAP_BYTES = 64L << 10;

  /** A document, and a prefix of many small chunks. */
  @Param({"39", "1000"})
  int chunks;

  /** 64 KiB, and a chunk of qwen3-14b. */
  @Param({"65536", "41943040"})
  long chunkBytes;

  /** Whether a block of something else lies between chunks. */
  @Param({"false", "true"})
  boolean apart;

  /** For whom it is planned. */
  @Param Order order;

  private List<Transfer> transfers;

  /** Lays the chunks out. */
  @Setup
  public void layOut() {
    long stride = chunkBytes + (apart ? GAP_BYTES : 0);
    transfers =
        IntStream.range(0, chunks)
            .mapToObj(i -> new Transfer(i, i * stride, 0, i * chunkBytes, chunkBytes))
            .toList();
  }

  /** The plan for two workers. */
  @Benchmark
  public List<Region> plan() {
    return RestorePlanner.plan(transfers, order, PlanLimits.of(2));
  }
}
