package io.daxflux.perf.work;

import io.daxflux.perf.ground.ChunkSize;
import io.daxflux.perf.race.Contender;
import io.daxflux.perf.race.Finish;
import io.daxflux.perf.race.Race;
import io.daxflux.perf.race.Samples;
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
    Map<Contender, Samples> all = new HashMap<>();
    finishes.forEach(finish -> all.put(finish.contender(), finish.figures()));
    for (Finish finish : finishes) {
      Contender contender = finish.contender();
      Contender floor = contender.floor();
      Samples figures = finish.figures();
      rows.add(
          row(contender, contender.work().toString(), contender.work().unit().toString(), figures)
              .inRounds(figures.toList())
              .noted(contender.way())
              .sharing(
                  floor == null ? null : floor.system(),
                  floor == null ? null : figures.dividedBy(all.get(floor)).spread().median()));
      if (callers > 1) {
        rows.add(row(contender, "slowest caller", "times the mean", finish.slowest()));
      } else if (suffix.isEmpty() && FIRST_CHUNKS.contains(contender.work())) {
        rows.add(row(contender, "first chunk", "µs", finish.firstChunkUs()));
      }
    }
  }

  private Row row(Contender contender, String work, String unit, Samples samples) {
    return Row.plain(
            contender.system(),
            work + suffix,
            chunk.name(),
            chunk.bytes(),
            contender.threads(),
            callers,
            unit,
            samples.spread())
        .laidOut(layout);
  }

  /** Somebody who cannot take part, and why. */
  void absent(String system, String work, String reason) {
    rows.add(
        Row.absent(system, work + suffix, chunk.name(), chunk.bytes(), "GB/s", reason)
            .asked(callers)
            .laidOut(layout));
  }

  List<Row> rows() {
    return rows;
  }
}
