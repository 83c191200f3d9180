package io.daxflux.perf.peer;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.Payloads;
import io.daxflux.perf.race.Contender;
import io.daxflux.perf.race.Crew;
import io.daxflux.perf.race.Visit;
import io.daxflux.perf.race.Work;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Chunks put into a peer by its threads; read again to be checked. */
public final class PeerPut implements Contender {
  private final Peer peer;
  private final Payloads payloads;
  private final Payloads readAgain;
  private final Contender floor;
  private final Sharing sharing;
  private final Crew crew;

  /**
   * Puts these payloads into a peer, which stays the caller's.
   *
   * @param readAgain memory to read them again into
   * @param batches whether each thread puts its share of a document at once
   */
  public PeerPut(
      Peer peer,
      Payloads payloads,
      Payloads readAgain,
      Contender floor,
      int threads,
      boolean batches) {
    this.peer = peer;
    this.payloads = payloads;
    this.readAgain = readAgain;
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
    return Work.PUT;
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
    peer.clear();
    readAgain.clear();
    return new Visit() {
      @Override
      public long serve(int ask) {
        List<ChunkKey> keys = asks.get(ask).keys();
        List<MemorySegment> values = payloads.chunks(ask);
        sharing.run(
            crew,
            peer.batchWriters(crew.size()),
            keys.size(),
            (from, to) -> peer.putAll(keys.subList(from, to), values.subList(from, to)));
        return System.nanoTime();
      }

      @Override
      public List<MemorySegment> chunks(int ask) {
        List<MemorySegment> places = readAgain.chunks(ask);
        for (int i = 0; i < places.size(); i++) {
          peer.get(asks.get(ask).keys().get(i), places.get(i));
        }
        return places;
      }
    };
  }

  @Override
  public void close() {
    crew.close();
  }
}
