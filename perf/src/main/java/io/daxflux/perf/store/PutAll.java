package io.daxflux.perf.store;

import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.Ground;
import io.daxflux.perf.ground.Outputs;
import io.daxflux.perf.ground.Payloads;
import io.daxflux.perf.race.Contender;
import io.daxflux.perf.race.Visit;
import io.daxflux.perf.race.Work;
import io.daxflux.reactive.outcome.RestoredBatch;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** {@code putAll} of a list, waited for until all of it is committed; restored to be checked. */
public final class PutAll implements Contender {
  private final String system;
  private final Ground ground;
  private final Payloads payloads;
  private final Contender floor;

  /** Puts these payloads into the store of this ground, from which they are removed before. */
  public PutAll(String system, Ground ground, Payloads payloads, Contender floor) {
    this.system = system;
    this.ground = ground;
    this.payloads = payloads;
    this.floor = floor;
  }

  @Override
  public String system() {
    return system;
  }

  @Override
  public Work work() {
    return Work.PUT;
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
    asks.forEach(ask -> Replacement.remove(ground, ask));
    return new Turn(asks);
  }

  private final class Turn implements Visit {
    private final List<Ask> asks;
    private final List<RestoredBatch> batches = new ArrayList<>();

    Turn(List<Ask> asks) {
      this.asks = asks;
    }

    @Override
    public long serve(int ask) {
      Replacement.put(ground, asks.get(ask), payloads.chunks(ask));
      return System.nanoTime();
    }

    @Override
    public List<MemorySegment> chunks(int ask) {
      RestoredBatch batch = ground.store().restoreAll(asks.get(ask).keys()).block();
      batches.add(batch);
      return Outputs.segments(batch, asks.get(ask));
    }

    @Override
    public void close() {
      batches.forEach(RestoredBatch::close);
    }
  }
}
