package io.daxflux.perf.lmcache;

import io.daxflux.perf.floor.GlibcCopy;
import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.Ground;
import io.daxflux.perf.lmcache.Slots.Slot;
import io.daxflux.perf.lmcache.WavePlan.Item;
import io.daxflux.perf.lmcache.WavePlan.Region;
import io.daxflux.perf.race.Contender;
import io.daxflux.perf.race.HeldVisit;
import io.daxflux.perf.race.Visit;
import io.daxflux.perf.race.Work;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The path of #2904: a batch is planned into waves of regions; a task copies its region's spans
 * into the slab and from there its chunks into the outputs, both by {@code memcpy}; a wave begins
 * when the one before it has ended. One thread dispatches, so batches come one after the other.
 */
public final class StagedWaves implements Contender {
  /** What its slab is when nobody says: so much, or a chunk for each region if that is more. */
  public static final long DEFAULT_SLAB_BYTES = 256L << 20;

  private final String system;
  private final Ground ground;
  private final Contender floor;
  private final int workers;
  private final long regionBytes;
  private final Slots slots;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment slab;
  private final ExecutorService dispatch;
  private final ExecutorService pool;

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
    this.regionBytes = slabBytes / workers;
    this.slots = new Slots(ground);
    this.slab = arena.allocate(slabBytes, 4096).fill((byte) 0);
    this.dispatch = Executors.newSingleThreadExecutor();
    this.pool = Executors.newFixedThreadPool(workers);
  }

  /** The slab that it has by default. */
  public static long defaultSlabBytes(long chunkBytes, int workers) {
    return Math.max(DEFAULT_SLAB_BYTES, workers * chunkBytes);
  }

  /** How long its slab is. */
  public long slabBytes() {
    return slab.byteSize();
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
        await(dispatch.submit(() -> restore(ask(ask), chunks(ask))));
        return System.nanoTime();
      }
    };
  }

  private void restore(Ask ask, List<MemorySegment> outputs) {
    List<Slot> borrowed = slots.borrowAll(ask.keys());
    try {
      List<Item> items = new ArrayList<>(borrowed.size());
      for (int i = 0; i < borrowed.size(); i++) {
        items.add(new Item(i, borrowed.get(i).offset, borrowed.get(i).bytes.byteSize()));
      }
      for (List<Region> wave : WavePlan.plan(items, workers, regionBytes)) {
        List<Future<?>> running = new ArrayList<>(wave.size());
        for (Region region : wave) {
          running.add(pool.submit(() -> copy(region, outputs)));
        }
        running.forEach(StagedWaves::await);
      }
    } finally {
      slots.giveBackAll(borrowed);
    }
  }

  private void copy(Region region, List<MemorySegment> outputs) {
    long at = region.slabOffset();
    for (Item span : region.spans()) {
      GlibcCopy.copy(ground.arena(span.offset(), span.bytes()), slab.asSlice(at), span.bytes());
      at += span.bytes();
    }
    at = region.slabOffset();
    for (Item item : region.items()) {
      GlibcCopy.copy(slab.asSlice(at), outputs.get(item.index()), item.bytes());
      at += item.bytes();
    }
  }

  private static void await(Future<?> task) {
    try {
      task.get();
    } catch (ExecutionException failure) {
      throw new IllegalStateException(failure.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    dispatch.shutdown();
    pool.close();
    dispatch.close();
    arena.close();
  }
}
