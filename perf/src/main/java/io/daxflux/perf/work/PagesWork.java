package io.daxflux.perf.work;

import io.daxflux.perf.floor.Floor;
import io.daxflux.perf.ground.Arrangement;
import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.ChunkSize;
import io.daxflux.perf.ground.Document;
import io.daxflux.perf.ground.Ground;
import io.daxflux.perf.ground.ScratchFolder;
import io.daxflux.perf.race.Contender;
import io.daxflux.perf.race.Race;
import io.daxflux.perf.report.Row;
import io.daxflux.perf.store.RestoreAll;
import io.daxflux.reactive.ReactiveChunkStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Restores with {@code dax.huge_pages} and without, beside the floor without: from a file in shared
 * memory, of which only the outputs are, or from the process's own, all of which is.
 */
record PagesWork(Effort effort, ChunkSize chunk, int workers, boolean fromFile) {

  /** Runs it. */
  List<Row> run() {
    Board board =
        new Board(
            fromFile ? " from a file, by pages" : " from memory, by pages",
            chunk,
            Arrangement.CONTIGUOUS.toString(),
            1);
    List<Document> documents = effort.shortDocuments(chunk);
    List<Contender> contenders = new ArrayList<>();
    List<Ground> grounds = new ArrayList<>();
    try (ScratchFolder folder = new ScratchFolder()) {
      try {
        for (Engine engine : Engine.present()) {
          Ground plain = ground(folder, documents, engine, false);
          grounds.add(plain);
          Contender floor = new Floor(plain, engine.copy(), workers);
          contenders.add(floor);
          contenders.add(restore(engine.name("daxflux, pages of 4 KiB"), plain.store(), floor));
          ReactiveChunkStore huge;
          if (fromFile) {
            huge = plain.twin(options -> engine.set(options).hugePages(true));
          } else {
            Ground own = ground(folder, documents, engine, true);
            grounds.add(own);
            huge = own.store();
          }
          contenders.add(restore(engine.name("daxflux, huge pages"), huge, floor));
        }
        board.run(new Race(contenders, Ask.forCallers(documents, 1), 1, effort.pace(chunk)));
      } finally {
        contenders.forEach(Contender::close);
        grounds.forEach(Ground::close);
      }
    }
    return board.rows();
  }

  private Ground ground(
      ScratchFolder folder, List<Document> documents, Engine engine, boolean hugePages) {
    return fromFile
        ? new Ground(
            folder,
            documents,
            Arrangement.CONTIGUOUS,
            workers,
            documents.size(),
            options -> engine.set(options).hugePages(hugePages))
        : Ground.inMemory(documents, workers, options -> engine.set(options).hugePages(hugePages));
  }

  private Contender restore(String system, ReactiveChunkStore store, Contender floor) {
    return RestoreAll.of(system, store, workers, floor);
  }
}
