package io.daxflux.perf.lmcache;

import io.daxflux.examples.lmcache.StagedRestore;
import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.Ground;
import io.daxflux.perf.race.Contender;
import io.daxflux.perf.race.HeldVisit;
import io.daxflux.perf.race.Visit;
import io.daxflux.perf.race.Work;
import java.util.List;

/** The path of #2904, by waves through a slab. */
public final class StagedWaves implements Contender {
  private final String system;
  private final Ground ground;
  private final Contender floor;
  private final int workers;
  private final long slabBytes;
  private final StagedRestore staged;

  /**
   * Over the chunks of this ground.
   *
   * @param slabBytes at least a chunk for each worker
   */
  public StagedWaves(String system, Ground ground, Contender floor, int workers, long slabBytes) {
    this.system = system;
    this.ground = ground;
    this.floor = floor;
    this.workers = workers;
    this.slabBytes = slabBytes;
    this.staged = new StagedRestore(GroundSlots.of(ground), workers, slabBytes);
  }

  /** How long its slab is. */
  public long slabBytes() {
    return slabBytes;
  }

  @Override
  public String way() {
    return slabBytes() / (1 << 20) + " MiB";
  }

  @Override
  public String system() {
    return system;
  }

  @Override
  public Work work() {
    return Work.RESTORE;
  }

  @Override
  public int threads() {
    return workers;
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
        staged.restore(ask(ask).keys(), chunks(ask));
        return System.nanoTime();
      }
    };
  }

  @Override
  public void close() {
    staged.close();
  }
}
