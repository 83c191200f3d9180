package io.daxflux.perf.work;

import io.daxflux.config.CopyEngine;
import io.daxflux.perf.floor.Floor;
import io.daxflux.perf.ground.Arrangement;
import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.ChunkSize;
import io.daxflux.perf.ground.Document;
import io.daxflux.perf.ground.Ground;
import io.daxflux.perf.race.Contender;
import io.daxflux.perf.race.Race;
import io.daxflux.perf.report.Row;
import io.daxflux.perf.store.RestoreAll;
import java.util.ArrayList;
import java.util.List;

/**
 * Restores from the process's own memory: the one device whose memory cannot fault, so that {@code
 * auto} copies natively where there is a helper.
 */
public record MemoryWork(Effort effort, ChunkSize chunk, int workers) {

  /** Runs it. */
  public List<Row> run() {
    Board board = new Board(" from memory", chunk, Arrangement.CONTIGUOUS.toString(), 1);
    List<Document> documents = effort.shortDocuments(chunk);
    List<Ask> asks = Ask.forCallers(documents, 1);
    List<Contender> contenders = new ArrayList<>();
    try (Ground ground = ground(documents, CopyEngine.JVM);
        Ground auto = ground(documents, CopyEngine.AUTO)) {
      try {
        for (Engine engine : Engine.present()) {
          contenders.add(new Floor(ground, engine.copy(), workers));
        }
        contenders.add(
            RestoreAll.of("daxflux restoreAll", ground.store(), workers, contenders.getFirst()));
        contenders.add(
            RestoreAll.of(
                "daxflux restoreAll, auto", auto.store(), workers, contenders.get(floorOfAuto())));
        board.run(new Race(contenders, asks, 1, effort.pace(chunk)));
      } finally {
        contenders.forEach(Contender::close);
      }
    }
    return board.rows();
  }

  private static int floorOfAuto() {
    return Engine.present().size() - 1;
  }

  private Ground ground(List<Document> documents, CopyEngine engine) {
    return Ground.inMemory(documents, workers, options -> options.copyEngine(engine));
  }
}
