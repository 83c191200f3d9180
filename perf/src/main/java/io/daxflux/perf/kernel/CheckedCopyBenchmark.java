package io.daxflux.perf.kernel;

import io.daxflux.checksum.PartialSums;
import io.daxflux.restore.CheckedPayload;
import io.daxflux.restore.CopyResult;
import io.daxflux.restore.PlanLimits;
import io.daxflux.restore.Region;
import io.daxflux.restore.RegionCopier;
import io.daxflux.restore.RestorePlanner;
import io.daxflux.restore.RestorePlanner.Order;
import io.daxflux.restore.SliceSum;
import io.daxflux.restore.StagedCopier;
import io.daxflux.restore.StagingSlab;
import io.daxflux.restore.Transfer;
import io.daxflux.restore.Verifier;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/**
 * What checksums cost: restores, staged restores and puts with and without them, and a check that
 * copies nothing.
 *
 * <p>Chunks lie side by side, about 160 MiB of them, in a shared mapping of a file on /dev/shm.
 * Each operation runs both ways in turn, so that what else the machine does meets both alike. The
 * rows {@code :plain} and {@code :checked} show GB per second of the thread's processor time,
 * {@code :share} the second as a share of the first. {@code -t 2} runs two workers at once, {@code
 * -prof gc} shows what they allocate. JMH adds such rows up over iterations, so there is one.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 1, time = 6)
@Fork(1)
public class CheckedCopyBenchmark {
  private static final long TOTAL_BYTES = 160L << 20;

  /** 1 MiB, a chunk of an MLA model, and a chunk of qwen3-14b. */
  @Param({"1048576", "17989632", "41943040"})
  long chunkBytes;

  /** What copies; a check alone, and what is staged, the virtual machine always does. */
  @Param({"JVM", "NATIVE"})
  KernelEngine engine;

  private final Arena mappings = Arena.ofShared();
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final RegionCopier verifier = new Verifier();
  private RegionCopier restores;
  private RegionCopier puts;
  private MemorySegment device;
  private List<MemorySegment> memory;
  private List<Region> plain;
  private List<Region> unsummed;
  private List<Region> checked;
  private RegionCopier staged;

  /** Lays the chunks out, faults all memory in, and sums the chunks. */
  @Setup
  public void map() {
    restores = engine.restores();
    puts = engine.puts();
    int count = Math.toIntExact(TOTAL_BYTES / chunkBytes);
    device = SharedFile.map(count * chunkBytes, mappings).fill((byte) 1);
    memory = List.of(mappings.allocate(count * chunkBytes, 4096).fill((byte) 2));
    MemorySegment slab = mappings.allocate(2 * StagingSlab.MIN_SLOT_BYTES, 4096).fill((byte) 3);
    staged = new StagedCopier(new StagingSlab(slab, 1));
    List<Transfer> transfers = new ArrayList<>();
    List<CheckedPayload> payloads = new ArrayList<>();
    for (int chunk = 0; chunk < count; chunk++) {
      transfers.add(new Transfer(chunk, chunk * chunkBytes, 0, chunk * chunkBytes, chunkBytes));
      payloads.add(CheckedPayload.unsummed(chunk * chunkBytes, chunkBytes));
    }
    plain = plan(transfers);
    unsummed = plan(checked(transfers, payloads));
    List<PartialSums> sums = new ArrayList<>();
    payloads.forEach(payload -> sums.add(new PartialSums(payload.bytes())));
    for (Region region : unsummed) {
      for (SliceSum sum : copy(verifier, region).sums()) {
        sums.get(sum.chunk()).put(sum.slice(), sum.sum());
      }
    }
    for (int chunk = 0; chunk < count; chunk++) {
      long offset = payloads.get(chunk).arenaOffset();
      payloads.set(chunk, new CheckedPayload(offset, chunkBytes, sums.get(chunk).toSums()));
    }
    checked = plan(checked(transfers, payloads));
  }

  private static List<Region> plan(List<Transfer> transfers) {
    return RestorePlanner.plan(transfers, Order.BY_ARENA, PlanLimits.of(1));
  }

  private static List<Transfer> checked(List<Transfer> transfers, List<CheckedPayload> payloads) {
    return transfers.stream()
        .map(
            t ->
                new Transfer(
                    t.chunk(),
                    t.arenaOffset(),
                    t.memory(),
                    t.memoryOffset(),
                    t.bytes(),
                    payloads.get(t.chunk())))
        .toList();
  }

  /** Unmaps. */
  @TearDown
  public void unmap() {
    mappings.close();
  }

  /** A restore, verified or not. */
  @Benchmark
  public void restore(CheckedRates rates) {
    compare(restores, plain, restores, checked, rates);
  }

  /** A restore by way of a staging slot, verified or not. */
  @Benchmark
  public void staged(CheckedRates rates) {
    compare(staged, plain, staged, checked, rates);
  }

  /** A put, with sums and without. */
  @Benchmark
  public void put(CheckedRates rates) {
    compare(puts, plain, puts, unsummed, rates);
  }

  /** A check alone, beside a restore that is not verified. */
  @Benchmark
  public void verify(CheckedRates rates) {
    compare(restores, plain, verifier, checked, rates);
  }

  private void compare(
      RegionCopier one,
      List<Region> oneRegions,
      RegionCopier other,
      List<Region> otherRegions,
      CheckedRates rates) {
    rates.add(
        oneRegions.stream().mapToLong(Region::bytes).sum(),
        copyAll(one, oneRegions),
        copyAll(other, otherRegions));
  }

  private long copyAll(RegionCopier copier, List<Region> regions) {
    long startNs = threads.getCurrentThreadCpuTime();
    for (Region region : regions) {
      copy(copier, region);
    }
    return threads.getCurrentThreadCpuTime() - startNs;
  }

  private CopyResult copy(RegionCopier copier, Region region) {
    CopyResult result = copier.copy(region, device, memory, () -> false);
    if (!result.complete() || !result.corruptChunks().isEmpty()) {
      throw new IllegalStateException("expected a whole and sound copy, found " + result);
    }
    return result;
  }
}
