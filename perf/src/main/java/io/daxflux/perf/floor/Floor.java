package io.daxflux.perf.floor;

import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.Ground;
import io.daxflux.perf.race.Contender;
import io.daxflux.perf.race.Crew;
import io.daxflux.perf.race.HeldVisit;
import io.daxflux.perf.race.Visit;
import io.daxflux.perf.race.Work;
import java.util.ArrayList;
import java.util.List;

/**
 * The fewest spans, cut into equal shares for the threads, and copied. Nothing is looked up, handed
 * over or counted while the clock runs.
 */
public final class Floor implements Contender {
  private final Ground ground;
  private final SpanCopy copy;
  private final Crew crew;

  /** A floor by this copy and so many threads, of which the caller's is one. */
  public Floor(Ground ground, SpanCopy copy, int threads) {
    this.ground = ground;
    this.copy = copy;
    this.crew = new Crew(threads);
  }

  @Override
  public String system() {
    return "floor: " + copy.name();
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
  public Visit prepare(List<Ask> asks) {
    return new Turn(asks);
  }

  @Override
  public void close() {
    crew.close();
  }

  private final class Turn extends HeldVisit {
    private final List<List<List<Span>>> shares = new ArrayList<>();

    Turn(List<Ask> asks) {
      super(ground, asks);
      for (int ask = 0; ask < asks.size(); ask++) {
        List<Span> spans = Span.joined(ground.sources(ask(ask)), chunks(ask));
        shares.add(Span.shares(spans, crew.size()));
      }
      crew.alert(true);
    }

    @Override
    public long serve(int ask) {
      List<List<Span>> parts = shares.get(ask);
      crew.run(member -> parts.get(member).forEach(copy::copy));
      return System.nanoTime();
    }

    @Override
    public void close() {
      crew.alert(false);
      super.close();
    }
  }
}
