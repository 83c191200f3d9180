package io.daxflux.perf.work;

import io.daxflux.device.PrivateMemory;
import io.daxflux.perf.ground.ScratchFolder;
import io.daxflux.perf.probe.JarredPath;
import io.daxflux.perf.race.Samples;
import io.daxflux.perf.report.Row;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code dax.huge_pages} does to the default output memory's first touch, in processor time of
 * the background's thread, and to the start of a JVM until an empty store is open, meanwhile. Both
 * ways in turn, each behind a touch of its own kind that is not timed: a virtual machine's host
 * takes back what is free, and to get it again takes several times as long as the touch.
 */
record FirstTouchWork(int rounds) {
  private static final long OUTPUT_BYTES = 5L << 30;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final List<Boolean> WAYS = List.of(false, true);

  /** Runs it. */
  List<Row> run() {
    List<Samples> touches = List.of(new Samples(), new Samples());
    List<Samples> starts = List.of(new Samples(), new Samples());
    try (ScratchFolder folder = new ScratchFolder()) {
      String classPath = JarredPath.in(folder);
      for (int round = 0; round < rounds; round++) {
        for (boolean huge : round % 2 == 0 ? WAYS : WAYS.reversed()) {
          int way = WAYS.indexOf(huge);
          touchMs(huge);
          touches.get(way).add(touchMs(huge));
          starts.get(way).add(StartWork.startMs(folder, classPath, "-Xshare:auto", huge));
        }
      }
    }
    List<Row> rows = new ArrayList<>();
    for (boolean huge : WAYS) {
      String system = huge ? "daxflux, huge pages" : "daxflux, pages of 4 KiB";
      int way = WAYS.indexOf(huge);
      rows.add(row(system, "processor time of first touch by pages", touches.get(way)));
      rows.add(row(system, "empty store by pages", starts.get(way)));
    }
    return rows;
  }

  private static double touchMs(boolean huge) {
    try (PrivateMemory memory = PrivateMemory.map(OUTPUT_BYTES)) {
      if (huge) {
        memory
            .tryHugePages()
            .ifPresent(
                reason -> {
                  throw new IllegalStateException("no huge pages: " + reason);
                });
      }
      long startNs = THREADS.getCurrentThreadCpuTime();
      long touched = memory.prefault(Runnable::run).toCompletableFuture().join();
      if (touched != OUTPUT_BYTES) {
        throw new IllegalStateException(
            "expected " + OUTPUT_BYTES + " bytes touched, found " + touched);
      }
      return (THREADS.getCurrentThreadCpuTime() - startNs) / 1e6;
    }
  }

  private static Row row(String system, String work, Samples ms) {
    return Row.plain(system, work, "5 GiB of outputs", 0, 0, 1, "ms", ms.spread());
  }
}
