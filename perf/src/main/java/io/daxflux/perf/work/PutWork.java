package io.daxflux.perf.work;

import io.daxflux.perf.floor.GlibcCopy;
import io.daxflux.perf.floor.PutFloor;
import io.daxflux.perf.ground.Arrangement;
import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.ChunkSize;
import io.daxflux.perf.ground.Document;
import io.daxflux.perf.ground.Ground;
import io.daxflux.perf.ground.Payloads;
import io.daxflux.perf.ground.ScratchFolder;
import io.daxflux.perf.peer.PeerPut;
import io.daxflux.perf.race.Contender;
import io.daxflux.perf.race.Race;
import io.daxflux.perf.report.Row;
import io.daxflux.perf.store.PutAll;
import java.util.ArrayList;
import java.util.List;

/** Documents of one chunk size, stored by everybody: with checksums and without. */
public record PutWork(Effort effort, ChunkSize chunk, int workers, boolean withPeers) {

  /** Runs it. */
  public List<Row> run() {
    Board board = new Board(chunk, Arrangement.CONTIGUOUS.toString(), 1);
    List<Document> documents = effort.shortDocuments(chunk);
    List<Ask> asks = Ask.forCallers(documents, 1);
    try (ScratchFolder folder = new ScratchFolder();
        Payloads payloads = new Payloads(asks).fill();
        Payloads readAgain = new Payloads(asks)) {
      List<Ground> grounds = new ArrayList<>();
      List<Contender> contenders = new ArrayList<>();
      try {
        long bytes = asks.stream().mapToLong(Ask::bytes).sum();
        contenders.add(new PutFloor(folder, payloads, bytes, new GlibcCopy(), workers));
        for (Engine engine : Engine.present()) {
          Contender floor = new PutFloor(folder, payloads, bytes, engine.copy(), workers);
          contenders.add(floor);
          for (boolean checksum : List.of(true, false)) {
            Ground ground = ground(folder, documents, engine, checksum);
            grounds.add(ground);
            String system = engine.name("daxflux putAll" + (checksum ? "" : ", checksum: false"));
            contenders.add(new PutAll(system, ground, payloads, floor));
          }
        }
        Contender floor = contenders.get(1);
        if (withPeers) {
          try (Guests guests = new Guests(folder, grounds.getFirst())) {
            contenders.addAll(
                guests.contenders(
                    (peer, batches) ->
                        new PeerPut(peer, payloads, readAgain, floor, workers, batches),
                    asks,
                    1,
                    effort.choosing()));
            guests.absent().forEach((peer, reason) -> board.absent(peer.label(), "put", reason));
            board.run(new Race(contenders, asks, 1, effort.pace(chunk)));
          }
        } else {
          board.run(new Race(contenders, asks, 1, effort.pace(chunk)));
        }
      } finally {
        contenders.forEach(Contender::close);
        grounds.forEach(Ground::close);
      }
    }
    return board.rows();
  }

  private Ground ground(
      ScratchFolder folder, List<Document> documents, Engine engine, boolean checksum) {
    return new Ground(
        folder,
        documents,
        Arrangement.CONTIGUOUS,
        workers,
        documents.size(),
        options -> engine.set(options).checksum(checksum));
  }
}
