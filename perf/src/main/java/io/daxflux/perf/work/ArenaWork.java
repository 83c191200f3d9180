package io.daxflux.perf.work;

import com.sun.management.OperatingSystemMXBean;
import io.daxflux.perf.floor.Floor;
import io.daxflux.perf.floor.JvmCopy;
import io.daxflux.perf.ground.Arrangement;
import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.ChunkSize;
import io.daxflux.perf.ground.Document;
import io.daxflux.perf.ground.Ground;
import io.daxflux.perf.ground.ScratchFolder;
import io.daxflux.perf.race.Contender;
import io.daxflux.perf.race.Finish;
import io.daxflux.perf.race.Race;
import io.daxflux.perf.race.Samples;
import io.daxflux.perf.report.Row;
import io.daxflux.perf.store.RestoreAll;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What the length of the arena does to a restore, and to the pause of a collection: arenas filled
 * with documents of 512 MiB, of which one after the other is restored.
 */
public record ArenaWork(Effort effort) {
  private static final ChunkSize CHUNK = ChunkSize.blob("32 MiB", 32 << 20);
  private static final int CHUNKS = 16;
  private static final int WORKERS = 2;
  private static final int PAUSES = 5;
  private static final double MOST_SHARE = 0.6;

  /** Runs it. */
  public List<Row> run() {
    List<Row> rows = new ArrayList<>();
    long mostBytes = (long) (availableBytes() * MOST_SHARE);
    for (long bytes = 1L << 30; bytes < mostBytes * 9 / 10; bytes *= 2) {
      measure(bytes, rows);
    }
    measure(mostBytes, rows);
    return rows;
  }

  private void measure(long arenaBytes, List<Row> rows) {
    int documents = (int) (arenaBytes / documentBytes());
    try (ScratchFolder folder = new ScratchFolder();
        Ground ground =
            new Ground(
                folder,
                Document.several(documents, CHUNKS, CHUNK),
                Arrangement.CONTIGUOUS,
                WORKERS,
                1,
                UnaryOperator.identity())) {
      String arena =
          String.format(Locale.ROOT, "%.1f GiB", documents * documentBytes() / (double) (1 << 30));
      // The document that lies last: the arena before it does not matter, or it does.
      List<Ask> asks = List.of(Ask.whole(ground.documents().getLast()));
      Contender floor = new Floor(ground, new JvmCopy(), WORKERS);
      try (floor) {
        List<Contender> contenders =
            List.of(floor, RestoreAll.of("daxflux restoreAll", ground.store(), WORKERS, floor));
        for (Finish finish : new Race(contenders, asks, 1, effort.pace()).run()) {
          rows.add(
              Row.plain(
                  finish.contender().system(),
                  "restore from arena",
                  arena,
                  CHUNK.bytes(),
                  WORKERS,
                  1,
                  "GB/s",
                  finish.figures().spread()));
        }
      }
      rows.add(Row.plain("daxflux", "full collection", arena, 0, 0, 1, "ms", pausesMs().spread()));
    }
  }

  private static Samples pausesMs() {
    Samples ms = new Samples();
    for (int i = 0; i < PAUSES; i++) {
      long startNs = System.nanoTime();
      System.gc();
      ms.add((System.nanoTime() - startNs) / 1e6);
    }
    return ms;
  }

  private static long documentBytes() {
    return CHUNKS * CHUNK.bytes();
  }

  static long availableBytes() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
      return lines
          .filter(line -> line.startsWith("MemAvailable:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElseThrow();
    } catch (IOException unknown) {
      return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
          .getFreeMemorySize();
    }
  }
}
