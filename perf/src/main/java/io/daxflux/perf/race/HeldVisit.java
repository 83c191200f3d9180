package io.daxflux.perf.race;

import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.Ground;
import io.daxflux.perf.ground.Outputs;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The turn of somebody who brings chunks to output memory that is given. */
public abstract class HeldVisit implements Visit {
  private final List<Ask> asks;
  private final Outputs outputs;

  /** Takes the outputs. */
  protected HeldVisit(Ground ground, List<Ask> asks) {
    this.asks = asks;
    this.outputs = Outputs.hold(ground.store(), asks);
  }

  /** The request of this number. */
  protected final Ask ask(int ask) {
    return asks.get(ask);
  }

  @Override
  public final List<MemorySegment> chunks(int ask) {
    return outputs.chunks(ask);
  }

  @Override
  public void close() {
    outputs.close();
  }
}
