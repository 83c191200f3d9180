package io.daxflux.perf.store;

import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.Ground;
import io.daxflux.perf.race.Contender;
import io.daxflux.perf.race.Visit;
import io.daxflux.perf.race.Work;
import io.daxflux.reactive.outcome.BorrowedChunk;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** {@code borrowPrefix}: the chunks where they lie. */
public final class BorrowPrefix implements Contender {
  private final Ground ground;

  /** From the store of this ground. */
  public BorrowPrefix(Ground ground) {
    this.ground = ground;
  }

  @Override
  public String system() {
    return "daxflux borrowPrefix";
  }

  @Override
  public Work work() {
    return Work.BORROW;
  }

  @Override
  public int threads() {
    return 0;
  }

  @Override
  public Visit prepare(List<Ask> asks) {
    BorrowedPrefix[] borrowed = new BorrowedPrefix[asks.size()];
    return new Visit() {
      @Override
      public long serve(int ask) {
        borrowed[ask] = ground.store().borrowPrefix(asks.get(ask).keys()).block();
        return System.nanoTime();
      }

      @Override
      public List<MemorySegment> chunks(int ask) {
        return borrowed[ask].chunks().stream().map(BorrowedChunk::segment).toList();
      }

      @Override
      public void close() {
        for (BorrowedPrefix prefix : borrowed) {
          if (prefix != null) {
            prefix.close();
          }
        }
      }
    };
  }
}
