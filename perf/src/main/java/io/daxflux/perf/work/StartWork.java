package io.daxflux.perf.work;

import io.daxflux.perf.ground.ScratchFolder;
import io.daxflux.perf.probe.FreshJvm;
import io.daxflux.perf.probe.JarredPath;
import io.daxflux.perf.probe.StartProbe;
import io.daxflux.perf.race.Samples;
import io.daxflux.perf.report.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * How long it takes from the start of a JVM until an empty store is open: as it is, and with an
 * ahead-of-time cache of classes.
 *
 * @param cached whether also with such a cache; to make it takes several times as long as a start
 */
public record StartWork(int starts, boolean cached) {
  private static final long STORE_BYTES = 1L << 30;

  /** Runs it. */
  public List<Row> run() {
    Samples plain = new Samples();
    Samples quick = new Samples();
    try (ScratchFolder folder = new ScratchFolder()) {
      String classPath = JarredPath.in(folder);
      String cache = folder.resolve("classes.aot").toString();
      if (cached) {
        startMs(folder, classPath, "-XX:AOTCacheOutput=" + cache, true);
      }
      for (int i = 0; i < starts; i++) {
        plain.add(startMs(folder, classPath, "-Xshare:auto", true));
        if (cached) {
          quick.add(startMs(folder, classPath, "-XX:AOTCache=" + cache, true));
        }
      }
    }
    List<Row> rows = new ArrayList<>();
    rows.add(row("daxflux", plain));
    if (cached) {
      rows.add(row("daxflux, AOT cache", quick));
    }
    return rows;
  }

  static double startMs(ScratchFolder folder, String classPath, String flag, boolean hugePages) {
    return FreshJvm.run(
            classPath,
            List.of(flag),
            StartProbe.class,
            List.of(
                folder.resolve("arena").toString(),
                Long.toString(STORE_BYTES),
                Boolean.toString(hugePages)),
            StartProbe.OPEN)
        .afterMs();
  }

  private static Row row(String system, Samples ms) {
    return Row.plain(
        system, "start with an empty store", "1 GiB store", 0, 0, 1, "ms", ms.spread());
  }
}
