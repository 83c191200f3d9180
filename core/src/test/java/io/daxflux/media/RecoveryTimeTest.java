package io.daxflux.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.daxflux.checksum.SliceSums;
import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.DType;
import io.daxflux.chunk.KvFormat;
import io.daxflux.chunk.TensorLayout;
import io.daxflux.config.FormatPolicy;
import io.daxflux.device.Device;
import io.daxflux.device.DeviceOptions;
import io.daxflux.device.DeviceOptions.Prefaulting;
import io.daxflux.device.Devices;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a recovery takes, and how that grows. Blocks of 4 KiB, a chunk in each, on a sparse file
 * of which the records are in the page cache. Prints a table; {@code docs/media-format.md} has it.
 */
class RecoveryTimeTest {
  private static final int BLOCK_BYTES = 4096;
  private static final int TURNS = 10;
  private static final int THREADS = 2;

  private static final ChunkLayout LAYOUT =
      ChunkLayout.of(TensorLayout.of(DType.BFLOAT16, KvFormat.KV_2LTD, 2, 4, 4, 64));

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  @TempDir Path folder;

  @Test
  @Tag("full")
  void growsWithTheNumberOfRecords() {
    System.out.println("| records | records, MiB | first, ms | best, ms | its CPU, ms |");
    System.out.println("|---|---|---|---|---|");
    for (int records : new int[] {10_000, 30_000, 100_000, 300_000, 1_000_000}) {
      System.out.println(measure(records));
    }
  }

  @Test
  void tenThousandRecordsAreAllRecovered() {
    assertThat(measure(10_000)).startsWith("| 10,000 | ");
  }

  private String measure(int records) {
    long bytes = (long) records * (BLOCK_BYTES + 512) + (4 << 20);
    String path = folder.resolve("records-" + records).toString();
    DeviceOptions options =
        DeviceOptions.of(path).withBytes(bytes).withSparse(true).withPrefaulting(Prefaulting.OFF);
    try (Device device = Devices.open(options)) {
      fill(device, records);
      long areaBytes = 0;
      long firstNs = 0;
      long bestNs = Long.MAX_VALUE;
      long bestCpuNs = 0;
      for (int turn = 0; turn < TURNS; turn++) {
        long startCpuNs = PROCESS.getProcessCpuTime();
        Recovery recovery = open(device).recovery();
        long cpuNs = PROCESS.getProcessCpuTime() - startCpuNs;
        RecoveryReport report = recovery.report();
        assertThat(report.recovered()).isEqualTo(records);
        assertThat(recovery.chunks())
            .isSortedAccordingTo(Comparator.comparingLong(chunk -> chunk.record().lastUse()));
        areaBytes = report.unitsScanned() * MediaGeometry.UNIT_BYTES;
        firstNs = turn == 0 ? report.nanoseconds() : firstNs;
        if (report.nanoseconds() < bestNs) {
          bestNs = report.nanoseconds();
          bestCpuNs = cpuNs;
        }
      }
      return String.format(
          Locale.ROOT,
          "| %,d | %d | %d | %d | %d |",
          records,
          areaBytes >> 20,
          firstNs / 1_000_000,
          bestNs / 1_000_000,
          bestCpuNs / 1_000_000);
    }
  }

  private static Media open(Device device) {
    return Media.open(device, new MediaOptions(BLOCK_BYTES, FormatPolicy.IF_EMPTY, THREADS, false));
  }

  /** Two units for each, as the keys have 110 bytes; the order of last use is none of theirs. */
  private static void fill(Device device, int records) {
    Media media = open(device);
    Random random = new Random(1);
    for (int i = 0; i < records; i++) {
      String prefix = "vllm@meta-llama/Llama-3.1-70B-Instruct@1@0@";
      String hash = "%064x".formatted(random.nextLong());
      ChunkRecord record =
          new ChunkRecord(
              ChunkKey.of(prefix + hash),
              LAYOUT,
              Attributes.NONE,
              i,
              1,
              i + 1L,
              random.nextInt(records),
              0,
              SliceSums.of(new int[] {i}));
      media.writer().write(2L * i, record);
    }
  }
}
