package io.daxflux.perf.peer;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.Ground;
import io.daxflux.perf.race.Contender;
import io.daxflux.perf.race.Crew;
import io.daxflux.perf.race.HeldVisit;
import io.daxflux.perf.race.Visit;
import io.daxflux.perf.race.Work;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A peer's chunks, read by several threads at a time. Its threads sleep between requests, as
 * everybody's do but the floor's.
 */
public final class PeerRestore implements Contender {
  private final Peer peer;
  private final Ground ground;
  private final Contender floor;
  private final Sharing sharing;
  private final Crew crew;

  /**
   * Reads from a peer that holds the ground's documents; it stays the caller's.
   *
   * @param threads how many read for one caller
   * @param batches whether each asks for its share of a document at once
   */
  public PeerRestore(Peer peer, Ground ground, Contender floor, int threads, boolean batches) {
    this.peer = peer;
    this.ground = ground;
    this.floor = floor;
    this.sharing = Sharing.of(batches);
    this.crew = new Crew(threads);
  }

  @Override
  public String system() {
    return peer.name();
  }

  @Override
  public String way() {
    return sharing.toString();
  }

  @Override
  public Work work() {
    return Work.RESTORE;
  }

  @Override
  public int threads() {
    return crew.size();
  }

  @Override
  public Contender floor() {
    return floor;
  }

  @Override
  public Visit prepare(List<Ask> asks) {
    return new HeldVisit(ground, asks) {
      @Override
      public long serve(int ask) {
        List<ChunkKey> keys = ask(ask).keys();
        List<MemorySegment> outputs = chunks(ask);
        sharing.run(
            crew,
            crew.size(),
            keys.size(),
            (from, to) -> peer.getAll(keys.subList(from, to), outputs.subList(from, to)));
        return System.nanoTime();
      }
    };
  }

  @Override
  public void close() {
    crew.close();
  }
}
