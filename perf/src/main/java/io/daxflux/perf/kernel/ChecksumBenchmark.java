package io.daxflux.perf.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** CRC32C of private memory, in the pieces that checked copies sum, and in whole slices. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class ChecksumBenchmark {
  /** The piece that is summed while the cache has it, and a slice. */
  @Param({"131072", "4194304"})
  int bytes;

  private final Arena arena = Arena.ofShared();
  private ByteBuffer buffer;

  /** Touches the memory. */
  @Setup
  public void touch() {
    MemorySegment memory = arena.allocate(bytes, 4096).fill((byte) 1);
    buffer = memory.asByteBuffer();
  }

  /** Gives it back. */
  @TearDown
  public void free() {
    arena.close();
  }

  /** One sum; the rows {@code :gigabytes} show GB/s. */
  @Benchmark
  public long crc32c(RegionCopyBenchmark.Rate rate) {
    CRC32C sum = new CRC32C();
    sum.update(buffer.clear());
    rate.add(bytes);
    return sum.getValue();
  }
}
