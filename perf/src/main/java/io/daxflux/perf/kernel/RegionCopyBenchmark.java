package io.daxflux.perf.kernel;

import io.daxflux.restore.PlanLimits;
import io.daxflux.restore.Region;
import io.daxflux.restore.RegionCopier;
import io.daxflux.restore.RestorePlanner;
import io.daxflux.restore.RestorePlanner.Order;
import io.daxflux.restore.StagedCopier;
import io.daxflux.restore.StagingSlab;
import io.daxflux.restore.Transfer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the copy of regions costs, beside the floors: the plain JVM copy of the same bytes.
 *
 * <p>One thread restores 160 MiB, which no cache of its core holds, from a shared mapping (of a
 * file on /dev/shm) to faulted anonymous memory. The rows {@code :gigabytes} show GB/s. {@code
 * -prof gc} shows what a restore allocates, {@code -t 2} two workers at once.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class RegionCopyBenchmark {
  private static final long TOTAL_BYTES = 160L << 20;
  private static final long FLOOR_SLICE_BYTES = 4L << 20;
  private static final long GAP_BYTES = 64L << 10;

  /** 64 KiB, 1 MiB, and a chunk of qwen3-14b. */
  @Param({"65536", "1048576", "41943040"})
  long chunkBytes;

  /** Side by side, chunks restore as one span; scattered, each is one of its own. */
  @Param({"ADJACENT", "SCATTERED"})
  Layout layout;

  /** What copies straight; floors and what is staged, the virtual machine always does. */
  @Param({"JVM", "NATIVE"})
  KernelEngine engine;

  private final Arena mappings = Arena.ofShared();
  private RegionCopier direct;
  private MemorySegment device;
  private MemorySegment output;
  private List<MemorySegment> outputs;
  private List<Transfer> chunks;
  private List<Region> regions;
  private RegionCopier staged;

  /** How chunks lie in the arena. */
  public enum Layout {
    /** Without gaps. */
    ADJACENT,
    /** A block apart. */
    SCATTERED
  }

  /** Makes JMH print GB/s. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Rate {
    private long bytes;

    /** 10^9 bytes, which JMH divides by the seconds. */
    public double gigabytes() {
      return bytes / 1e9;
    }

    /** JMH counts from here in each iteration. */
    @Setup(Level.Iteration)
    public void reset() {
      bytes = 0;
    }

    void add(long copied) {
      bytes += copied;
    }
  }

  /** Lays the chunks out and faults all memory in. */
  @Setup
  public void map() {
    direct = engine.restores();
    long stride = chunkBytes + (layout == Layout.SCATTERED ? GAP_BYTES : 0);
    int count = Math.toIntExact(TOTAL_BYTES / chunkBytes);
    chunks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chunks.add(new Transfer(i, i * stride, 0, i * chunkBytes, chunkBytes));
    }
    device = SharedFile.map(count * stride, mappings).fill((byte) 1);
    output = mappings.allocate(TOTAL_BYTES, 4096).fill((byte) 2);
    outputs = List.of(output);
    regions = RestorePlanner.plan(chunks, Order.BY_ARENA, PlanLimits.of(1));
    MemorySegment slab = mappings.allocate(2 * StagingSlab.MIN_SLOT_BYTES, 4096).fill((byte) 3);
    staged = new StagedCopier(new StagingSlab(slab, 1));
  }

  /** Unmaps. */
  @TearDown
  public void unmap() {
    mappings.close();
  }

  /** The product's own copy. */
  @Benchmark
  public void direct(Rate rate) {
    copyRegions(direct, rate);
  }

  /** The copy by way of a staging slot. */
  @Benchmark
  public void staged(Rate rate) {
    copyRegions(staged, rate);
  }

  /** Floor: one call for all bytes, or for each chunk where they are scattered. */
  @Benchmark
  public void floorOneCall(Rate rate) {
    copyPlainly(TOTAL_BYTES, rate);
  }

  /** Floor: the same in slices of 4 MiB. */
  @Benchmark
  public void floorSliced(Rate rate) {
    copyPlainly(FLOOR_SLICE_BYTES, rate);
  }

  private void copyRegions(RegionCopier copier, Rate rate) {
    for (Region region : regions) {
      if (!copier.copy(region, device, outputs, () -> false).complete()) {
        throw new IllegalStateException("the copy was stopped");
      }
      rate.add(region.bytes());
    }
  }

  private void copyPlainly(long mostBytes, Rate rate) {
    if (layout == Layout.ADJACENT) {
      copyPlainly(0, 0, TOTAL_BYTES, mostBytes);
    } else {
      for (Transfer chunk : chunks) {
        copyPlainly(chunk.arenaOffset(), chunk.memoryOffset(), chunkBytes, mostBytes);
      }
    }
    rate.add(TOTAL_BYTES);
  }

  private void copyPlainly(long from, long to, long bytes, long mostBytes) {
    for (long at = 0; at < bytes; at += mostBytes) {
      MemorySegment.copy(device, from + at, output, to + at, Math.min(mostBytes, bytes - at));
    }
  }
}
