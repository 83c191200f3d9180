package io.daxflux.perf.work;

import io.daxflux.perf.ground.ChunkSize;
import io.daxflux.perf.race.Contender;
import io.daxflux.perf.race.Finish;
import io.daxflux.perf.race.Race;
import io.daxflux.perf.race.Spread;
import io.daxflux.perf.race.Work;
import io.daxflux.perf.report.Row;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes down how races ended. */
final class Board {
  /** Who is asked for chunks that somebody waits for. */
  private static final Set<Work> FIRST_CHUNKS = EnumSet.of(Work.RESTORE, Work.STREAM);

  private final String suffix;
  private final ChunkSize chunk;
  private final @Nullable String layout;
  private final int callers;
  private final List<Row> rows = new ArrayList<>();

  Board(ChunkSize chunk, @Nullable String layout, int callers) {
    this("", chunk, layout, callers);
  }

  /**
   * @param suffix behind the name of each work: who takes part in several races has a figure in
   *     each
   */
  Board(String suffix, ChunkSize chunk, @Nullable String layout, int callers) {
    this.suffix = suffix;
    this.chunk = chunk;
    this.layout = layout;
    this.callers = callers;
  }

  void run(Race race) {
    List<Finish> finishes = race.run();
    Map<Contender, Double> medians = new HashMap<>();
    finishes.forEach(finish -> medians.put(finish.contender(), finish.figures().spread().median()));
    for (Finish finish : finishes) {
      Contender contender = finish.contender();
      Contender floor = contender.floor();
      Double share = floor == null ? null : medians.get(contender) / medians.get(floor);
      add(
          contender,
          contender.work().toString(),
          contender.work().unit().toString(),
          finish.figures().spread(),
          floor == null ? null : floor.system(),
          share,
          contender.way());
      if (callers > 1) {
        add(
            contender,
            "slowest caller",
            "times the mean",
            finish.slowest().spread(),
            null,
            null,
            null);
      } else if (suffix.isEmpty() && FIRST_CHUNKS.contains(contender.work())) {
        add(contender, "first chunk", "µs", finish.firstChunkUs().spread(), null, null, null);
      }
    }
  }

  private void add(
      Contender contender,
      String work,
      String unit,
      Spread spread,
      @Nullable String floor,
      @Nullable Double share,
      @Nullable String way) {
    rows.add(
        new Row(
            contender.system(),
            work + suffix,
            chunk.name(),
            chunk.bytes(),
            layout,
            contender.threads(),
            callers,
            unit,
            spread.median(),
            spread,
            floor,
            share,
            way));
  }

  /** Somebody who cannot take part, and why. */
  void absent(String system, String work, String reason) {
    rows.add(
        new Row(
            system,
            work + suffix,
            chunk.name(),
            chunk.bytes(),
            layout,
            0,
            callers,
            "GB/s",
            null,
            null,
            null,
            null,
            reason));
  }

  List<Row> rows() {
    return rows;
  }
}
