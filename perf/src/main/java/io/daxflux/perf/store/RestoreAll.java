package io.daxflux.perf.store;

import io.daxflux.config.RestoreMode;
import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.Ground;
import io.daxflux.perf.ground.Outputs;
import io.daxflux.perf.race.Contender;
import io.daxflux.perf.race.Visit;
import io.daxflux.perf.race.Work;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.RestoredBatch;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code restoreAll}, waited for. */
public final class RestoreAll implements Contender {
  private final String system;
  private final Work work;
  private final int workers;
  private final ReactiveChunkStore store;
  private final @Nullable Contender floor;
  private final Beforehand beforehand;

  /** What is done to a store before its turn. */
  @FunctionalInterface
  private interface Beforehand {
    void run(List<Ask> asks);
  }

  private RestoreAll(
      String system,
      Work work,
      int workers,
      ReactiveChunkStore store,
      @Nullable Contender floor,
      Beforehand beforehand) {
    this.system = system;
    this.work = work;
    this.workers = workers;
    this.store = store;
    this.floor = floor;
    this.beforehand = beforehand;
  }

  /** Unverified, of a store with so many workers; what its engine is, its name says. */
  public static RestoreAll of(
      String system, ReactiveChunkStore store, int workers, Contender floor) {
    return new RestoreAll(system, Work.RESTORE, workers, store, floor, _ -> {});
  }

  /** Unverified, beside those that are verified: what they are measured by. */
  public static RestoreAll unverified(String system, Ground ground) {
    return new RestoreAll(
        system, Work.UNVERIFIED_RESTORE, ground.workers(), ground.store(), null, _ -> {});
  }

  /** By way of the staging slab. */
  public static RestoreAll staged(Ground ground, Contender floor) {
    return of(
        "daxflux restoreAll, staged",
        ground.store().restoring(RestoreMode.STAGED),
        ground.workers(),
        floor);
  }

  /** Verified each time, in a store that is set up to do so. */
  public static RestoreAll alwaysVerified(String system, Ground ground, Contender floor) {
    return new RestoreAll(
        system, Work.VERIFIED_RESTORE, ground.workers(), ground.store(), floor, _ -> {});
  }

  /** Verified because the chunks were just put, in a store that is set up to do so. */
  public static RestoreAll firstRead(String system, Ground ground, Contender floor) {
    return new RestoreAll(
        system,
        Work.VERIFIED_RESTORE,
        ground.workers(),
        ground.store(),
        floor,
        asks -> Replacement.of(ground, asks));
  }

  @Override
  public String system() {
    return system;
  }

  @Override
  public Work work() {
    return work;
  }

  @Override
  public int threads() {
    return workers;
  }

  @Override
  public @Nullable Contender floor() {
    return floor;
  }

  @Override
  public Visit prepare(List<Ask> asks) {
    Outputs.hold(store, asks).close(); // cleared, and free
    beforehand.run(asks);
    return new Turn(asks);
  }

  private final class Turn implements Visit {
    private final List<Ask> asks;
    private final RestoredBatch[] batches;

    Turn(List<Ask> asks) {
      this.asks = asks;
      this.batches = new RestoredBatch[asks.size()];
    }

    @Override
    public long serve(int ask) {
      batches[ask] = store.restoreAll(asks.get(ask).keys()).block();
      return System.nanoTime();
    }

    @Override
    public List<MemorySegment> chunks(int ask) {
      return Outputs.segments(batches[ask], asks.get(ask));
    }

    @Override
    public void close() {
      for (RestoredBatch batch : batches) {
        if (batch != null) {
          batch.close();
        }
      }
    }
  }
}
