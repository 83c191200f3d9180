package io.daxflux.perf.work;

import io.daxflux.perf.ground.ScratchFolder;
import io.daxflux.perf.probe.CollectionProbe;
import io.daxflux.perf.probe.FreshJvm;
import io.daxflux.perf.probe.GcLog;
import io.daxflux.perf.race.Spread;
import io.daxflux.perf.report.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the size of a full arena, and of as much output memory, does to the pauses of collections in
 * a small heap.
 */
public record CollectionWork(Effort effort) {
  private static final String HEAP = "-Xmx256m";

  /** Of the memory available, for arena and output memory together. */
  private static final double MOST_SHARE = 0.6;

  private static final List<Long> QUICK_BYTES = List.of(256L << 20, 512L << 20);
  private static final List<Long> FULL_BYTES = List.of(256L << 20, 1L << 30, 4L << 30);

  /** Runs it. */
  public List<Row> run() {
    long mostBytes = (long) (ArenaWork.availableBytes() * MOST_SHARE / 2);
    List<Row> rows = new ArrayList<>();
    for (String collector : effort.isFull() ? List.of("G1", "Parallel") : List.of("G1")) {
      for (long bytes : effort.isFull() ? FULL_BYTES : QUICK_BYTES) {
        if (bytes < mostBytes) {
          rows.addAll(measure(collector, bytes));
        }
      }
      if (effort.isFull()) {
        rows.addAll(measure(collector, mostBytes));
      }
    }
    return rows;
  }

  static List<Row> measure(String collector, long arenaBytes) {
    try (ScratchFolder folder = new ScratchFolder()) {
      Path log = folder.resolve("collections.log");
      FreshJvm.run(
          FreshJvm.classPath(),
          List.of(HEAP, "-XX:+Use" + collector + "GC", GcLog.option(log.toString())),
          CollectionProbe.class,
          List.of(Long.toString(arenaBytes)),
          CollectionProbe.DONE);
      GcLog.Pauses pauses = GcLog.read(Files.readAllLines(log));
      return List.of(
          row(collector, "young", arenaBytes, pauses.youngMs()),
          row(collector, "full", arenaBytes, pauses.fullMs()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Row row(String collector, String kind, long arenaBytes, Spread ms) {
    return Row.plain(
        "daxflux, " + collector,
        kind + " collection pause",
        String.format(Locale.ROOT, "%.2f GiB arena", arenaBytes / (double) (1 << 30)),
        CollectionProbe.CHUNK.bytes(),
        0,
        1,
        "ms",
        ms);
  }
}
