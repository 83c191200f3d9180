package io.daxflux.perf.work;

import io.daxflux.perf.floor.Floor;
import io.daxflux.perf.floor.GlibcCopy;
import io.daxflux.perf.floor.PlainLoop;
import io.daxflux.perf.ground.Arrangement;
import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.ChunkSize;
import io.daxflux.perf.ground.Ground;
import io.daxflux.perf.ground.ScratchFolder;
import io.daxflux.perf.lmcache.SerialPath;
import io.daxflux.perf.peer.PeerRestore;
import io.daxflux.perf.race.Contender;
import io.daxflux.perf.race.Race;
import io.daxflux.perf.report.Row;
import io.daxflux.perf.store.BorrowPrefix;
import io.daxflux.perf.store.RestoreAll;
import io.daxflux.perf.store.RestoreInto;
import io.daxflux.perf.store.RestorePrefix;
import io.daxflux.reactive.ReactiveChunkStore;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Documents of one chunk size, restored by everybody.
 *
 * @param workers how many threads copy for one caller; of several callers each has its own
 * @param withPeers whether peers take part
 * @param slabs those chosen before, and where choices are kept
 */
public record RestoreWork(
    Effort effort,
    ChunkSize chunk,
    Arrangement arrangement,
    int workers,
    int callers,
    boolean withPeers,
    Slabs slabs) {

  /** Where a second opinion on the copy in C is asked for: goals are set there. */
  private static final Set<ChunkSize> OPINIONS =
      Set.of(ChunkSize.MIB_40, ChunkSize.MIB_1, ChunkSize.KIB_64);

  /** How far ahead lines are asked for where it was tried first. */
  private static final long PREFETCHED_BYTES = 2 << 10;

  /** Runs it. */
  public List<Row> run() {
    Board board =
        new Board(workers == 1 ? " by one worker" : "", chunk, arrangement.toString(), callers);
    List<Contender> contenders = new ArrayList<>();
    try (ScratchFolder folder = new ScratchFolder();
        Ground ground = new Ground(folder, effort.documents(chunk), arrangement, workers)) {
      List<Ask> asks = Ask.forCallers(ground.documents(), callers);
      try {
        Map<Engine, Contender> floors = floors(ground, contenders);
        Contender floor = floors.get(Engine.JVM);
        contenders.addAll(ours(ground, floors));
        if (workers > 1) { // with one it is the same
          contenders.add(new SerialPath(ground, contenders.getFirst()));
          contenders.add(new BorrowPrefix(ground));
        }
        contenders.addAll(slabs.contenders(ground, floor, asks, effort.choosing()));
        if (withPeers) {
          try (Guests guests = new Guests(folder, ground)) {
            contenders.addAll(
                guests.contenders(
                    (peer, batches) ->
                        new PeerRestore(peer, ground, floor, threadsPerCaller(), batches),
                    asks,
                    callers,
                    effort.choosing()));
            guests
                .absent()
                .forEach((peer, reason) -> board.absent(peer.label(), "restore", reason));
            board.run(new Race(contenders, asks, callers, effort.pace(chunk)));
          }
        } else {
          board.run(new Race(contenders, asks, callers, effort.pace(chunk)));
        }
      } finally {
        contenders.forEach(Contender::close);
      }
    }
    return board.rows();
  }

  /** Several callers are threads enough. */
  private int threadsPerCaller() {
    return callers > 1 ? 1 : workers;
  }

  /**
   * Adds them, those of the JVM's copy first, of which the first has one thread.
   *
   * @return those that each engine is measured by
   */
  private Map<Engine, Contender> floors(Ground ground, List<Contender> contenders) {
    Map<Engine, Contender> floors = new EnumMap<>(Engine.class);
    for (int threads = 1; threads <= threadsPerCaller(); threads++) {
      for (Engine engine : Engine.present()) {
        Contender floor = new Floor(ground, engine.copy(), threads);
        contenders.add(floor);
        floors.put(engine, floor);
      }
      contenders.add(new Floor(ground, new GlibcCopy(), threads));
    }
    if (OPINIONS.contains(chunk)
        && callers == 1
        && workers > 1
        && arrangement == Arrangement.CONTIGUOUS) {
      for (long aheadBytes : List.of(0L, PREFETCHED_BYTES)) {
        PlainLoop.compiled(aheadBytes)
            .ifPresent(loop -> contenders.add(new Floor(ground, loop, workers)));
      }
    }
    return floors;
  }

  private static List<Contender> ours(Ground ground, Map<Engine, Contender> floors) {
    List<Contender> ours = new ArrayList<>();
    floors.forEach(
        (engine, floor) -> {
          ReactiveChunkStore store =
              engine == Engine.JVM ? ground.store() : ground.twin(engine::set);
          int workers = ground.workers();
          ours.add(RestoreAll.of(engine.name("daxflux restoreAll"), store, workers, floor));
          ours.add(new RestorePrefix(engine.name("daxflux restorePrefix"), store, workers, floor));
        });
    Contender floor = floors.get(Engine.JVM);
    ours.add(RestoreAll.staged(ground, floor));
    ours.add(new RestoreInto(ground, floor));
    return ours;
  }
}
