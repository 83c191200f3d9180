package io.daxflux.perf.work;

import io.daxflux.config.VerifyPolicy;
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
import java.util.List;

/** What it costs to compare restored bytes with their checksums: never, once, and each time. */
public record VerifyWork(Effort effort, ChunkSize chunk, int workers) {

  /** Runs it. */
  public List<Row> run() {
    Board board = new Board(chunk, Arrangement.CONTIGUOUS.toString(), 1);
    List<Document> documents = effort.shortDocuments(chunk);
    List<Ask> asks = Ask.forCallers(documents, 1);
    try (ScratchFolder folder = new ScratchFolder()) {
      for (Engine engine : Engine.present()) {
        try (Ground never = ground(folder, documents, engine, VerifyPolicy.NEVER);
            Ground once = ground(folder, documents, engine, VerifyPolicy.FIRST_READ);
            Ground always = ground(folder, documents, engine, VerifyPolicy.ALWAYS)) {
          Contender unverified =
              RestoreAll.unverified(engine.name("daxflux restoreAll, verify: never"), never);
          List<Contender> contenders =
              List.of(
                  unverified,
                  RestoreAll.firstRead(
                      engine.name("daxflux restoreAll, verify: first-read"), once, unverified),
                  RestoreAll.alwaysVerified(
                      engine.name("daxflux restoreAll, verify: always"), always, unverified));
          board.run(new Race(contenders, asks, 1, effort.pace(chunk)));
        }
      }
    }
    return board.rows();
  }

  private Ground ground(
      ScratchFolder folder, List<Document> documents, Engine engine, VerifyPolicy policy) {
    return new Ground(
        folder,
        documents,
        Arrangement.CONTIGUOUS,
        workers,
        documents.size(),
        options -> engine.set(options).verify(policy));
  }
}
