package io.daxflux.perf.store;

import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.Ground;
import io.daxflux.perf.race.Contender;
import io.daxflux.perf.race.HeldVisit;
import io.daxflux.perf.race.Visit;
import io.daxflux.perf.race.Work;
import java.util.List;

/** {@code restoreInto}: into memory of the caller's. */
public final class RestoreInto implements Contender {
  private final Ground ground;
  private final Contender floor;

  /** From the store of this ground. */
  public RestoreInto(Ground ground, Contender floor) {
    this.ground = ground;
    this.floor = floor;
  }

  @Override
  public String system() {
    return "daxflux restoreInto";
  }

  @Override
  public Work work() {
    return Work.RESTORE;
  }

  @Override
  public int threads() {
    return ground.workers();
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
        ground.store().restoreInto(ask(ask).keys(), chunks(ask)).block();
        return System.nanoTime();
      }
    };
  }
}
