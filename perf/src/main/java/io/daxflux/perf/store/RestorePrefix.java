package io.daxflux.perf.store;

import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.Outputs;
import io.daxflux.perf.race.Contender;
import io.daxflux.perf.race.Visit;
import io.daxflux.perf.race.Work;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** {@code restorePrefix}: chunk after chunk, each kept until all are there. */
public final class RestorePrefix implements Contender {
  private final String system;
  private final ReactiveChunkStore store;
  private final int workers;
  private final Contender floor;

  /** From a store with so many workers; what its engine is, its name says. */
  public RestorePrefix(String system, ReactiveChunkStore store, int workers, Contender floor) {
    this.system = system;
    this.store = store;
    this.workers = workers;
    this.floor = floor;
  }

  @Override
  public String system() {
    return system;
  }

  @Override
  public Work work() {
    return Work.STREAM;
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
    Outputs.hold(store, asks).close(); // cleared, and free
    return new Turn(asks);
  }

  private final class Turn implements Visit {
    private final List<Ask> asks;
    private final List<List<RestoredChunk>> restored = new ArrayList<>();

    Turn(List<Ask> asks) {
      this.asks = asks;
      asks.forEach(ask -> restored.add(new ArrayList<>(ask.chunks())));
    }

    @Override
    public long serve(int ask) {
      long[] firstChunkNs = new long[1];
      List<RestoredChunk> chunks = restored.get(ask);
      store
          .restorePrefix(asks.get(ask).keys())
          .doOnNext(
              chunk -> {
                if (chunks.isEmpty()) {
                  firstChunkNs[0] = System.nanoTime();
                }
                chunks.add(chunk);
              })
          .blockLast();
      return firstChunkNs[0];
    }

    @Override
    public List<MemorySegment> chunks(int ask) {
      if (restored.get(ask).size() != asks.get(ask).chunks()) {
        throw new IllegalStateException(
            "expected " + asks.get(ask).chunks() + " chunks, found " + restored.get(ask).size());
      }
      return restored.get(ask).stream().map(RestoredChunk::segment).toList();
    }

    @Override
    public void close() {
      restored.stream().flatMap(List::stream).forEach(RestoredChunk::close);
    }
  }
}
