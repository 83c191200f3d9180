package io.daxflux.examples.lmcache;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.examples.lmcache.Slots.Slot;
import io.daxflux.examples.lmcache.WavePlan.Item;
import io.daxflux.examples.lmcache.WavePlan.Region;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The way of #2904: a batch is planned into waves of regions; a task copies its region's spans into
 * the slab and from there its chunks into the outputs, both by {@code memcpy}; a wave begins when
 * the one before it has ended. One thread dispatches, so batches come one after the other.
 * Thread-safe; calls block.
 */
public final class StagedRestore implements AutoCloseable {
  private static final long DEFAULT_SLAB_BYTES = 256L << 20;

  private final Slots slots;
  private final int workers;
  private final long regionBytes;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment slab;
  private final ExecutorService dispatch;
  private final ExecutorService pool;

  /**
   * Restores what is in these slots.
   *
   * @param slabBytes at least a chunk for each worker
   */
  public StagedRestore(Slots slots, int workers, long slabBytes) {
    this.slots = slots;
    this.workers = workers;
    this.regionBytes = slabBytes / workers;
    this.slab = arena.allocate(slabBytes, 4096).fill((byte) 0);
    this.dispatch = Executors.newSingleThreadExecutor();
    this.pool = Executors.newFixedThreadPool(workers);
  }

  /** The slab that it has when nobody says: so much, or a chunk for each region if that is more. */
  public static long defaultSlabBytes(long chunkBytes, int workers) {
    return Math.max(DEFAULT_SLAB_BYTES, workers * chunkBytes);
  }

  /** Copies each chunk to the start of its memory. */
  public void restore(List<ChunkKey> keys, List<MemorySegment> outputs) {
    await(dispatch.submit(() -> restoreAlone(keys, outputs)));
  }

  private void restoreAlone(List<ChunkKey> keys, List<MemorySegment> outputs) {
    List<Slot> borrowed = slots.borrowAll(keys);
    try {
      List<Item> items = new ArrayList<>(borrowed.size());
      for (int i = 0; i < borrowed.size(); i++) {
        items.add(new Item(i, borrowed.get(i).offset, borrowed.get(i).bytes));
      }
      for (List<Region> wave : WavePlan.plan(items, workers, regionBytes)) {
        List<Future<?>> running = new ArrayList<>(wave.size());
        for (Region region : wave) {
          running.add(pool.submit(() -> copy(region, outputs)));
        }
        running.forEach(StagedRestore::await);
      }
    } finally {
      slots.giveBackAll(borrowed);
    }
  }

  private void copy(Region region, List<MemorySegment> outputs) {
    long at = region.slabOffset();
    for (Item span : region.spans()) {
      Memcpy.copy(slots.memory(span.offset(), span.bytes()), slab.asSlice(at), span.bytes());
      at += span.bytes();
    }
    at = region.slabOffset();
    for (Item item : region.items()) {
      Memcpy.copy(slab.asSlice(at), outputs.get(item.index()), item.bytes());
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
