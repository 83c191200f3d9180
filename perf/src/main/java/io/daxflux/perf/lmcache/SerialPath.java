package io.daxflux.perf.lmcache;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.examples.lmcache.SerialRestore;
import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.Ground;
import io.daxflux.perf.race.Contender;
import io.daxflux.perf.race.HeldVisit;
import io.daxflux.perf.race.Visit;
import io.daxflux.perf.race.Work;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The path before #2904: one chunk after the other is looked up and copied, on the thread that
 * asks, by one {@code memcpy} each.
 */
public final class SerialPath implements Contender {
  private final Ground ground;
  private final Contender floor;
  private final SerialRestore serial;

  /** Over the chunks of this ground. */
  public SerialPath(Ground ground, Contender floor) {
    this.ground = ground;
    this.floor = floor;
    this.serial = new SerialRestore(GroundSlots.of(ground));
  }

  @Override
  public String system() {
    return "LMCache serial path";
  }

  @Override
  public Work work() {
    return Work.RESTORE;
  }

  @Override
  public int threads() {
    return 1;
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
        List<MemorySegment> outputs = chunks(ask);
        List<ChunkKey> keys = ask(ask).keys();
        serial.restore(keys.getFirst(), outputs.getFirst());
        long firstChunkNs = System.nanoTime();
        for (int i = 1; i < keys.size(); i++) {
          serial.restore(keys.get(i), outputs.get(i));
        }
        return firstChunkNs;
      }
    };
  }
}
