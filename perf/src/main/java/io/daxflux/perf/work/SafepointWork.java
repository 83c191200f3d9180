package io.daxflux.perf.work;

import com.fasterxml.jackson.core.type.TypeReference;
import io.daxflux.perf.ground.ChunkSize;
import io.daxflux.perf.ground.ScratchFolder;
import io.daxflux.perf.probe.FreshJvm;
import io.daxflux.perf.probe.SafepointLog;
import io.daxflux.perf.probe.SafepointProbe;
import io.daxflux.perf.race.Spread;
import io.daxflux.perf.report.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a safepoint waits for those who copy, beside the time that one slice takes.
 *
 * @param rounds how often each of the loads has its turn
 * @param safepoints how many are asked for in a turn
 */
public record SafepointWork(int rounds, int safepoints) {
  private static final ChunkSize CHUNK = ChunkSize.MIB_40;
  private static final int WORKERS = 2;

  /** Runs it. */
  public List<Row> run() {
    try (ScratchFolder folder = new ScratchFolder()) {
      Path log = folder.resolve("safepoints.log");
      SafepointProbe.Found found =
          FreshJvm.found(
              List.of(),
              List.of(SafepointLog.option(log.toString())),
              SafepointProbe.class,
              List.of(Integer.toString(rounds), Integer.toString(safepoints)),
              new TypeReference<>() {});
      return rows(found, Files.readAllLines(log));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A row for each load, and behind them that of the slice. */
  static List<Row> rows(SafepointProbe.Found found, List<String> log) {
    List<Row> rows = new ArrayList<>();
    SafepointLog.reachedUs(log, found.turns())
        .forEach(
            (running, us) ->
                rows.add(
                    row(running.system(), "time to safepoint", running.threads(), us.spread())));
    rows.add(row("JVM copy, one slice of 6 MiB", "time of a slice", WORKERS, found.sliceUs()));
    return rows;
  }

  private static Row row(String system, String work, int threads, Spread us) {
    return Row.plain(system, work, CHUNK.name(), CHUNK.bytes(), threads, 1, "µs", us);
  }
}
