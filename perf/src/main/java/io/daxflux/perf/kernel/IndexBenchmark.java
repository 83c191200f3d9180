package io.daxflux.perf.kernel;

import io.daxflux.checksum.SliceSums;
import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.CachePolicy;
import io.daxflux.store.ArenaLayout;
import io.daxflux.store.ChunkStore;
import io.daxflux.store.Journal;
import io.daxflux.store.Lease;
import io.daxflux.store.Reservation;
import io.daxflux.store.ReserveResult;
import io.daxflux.store.StoreObserver;
import io.daxflux.store.StoreSetup;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the state of a store costs by itself: its index, extents, leases and eviction order. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class IndexBenchmark {
  private static final int BLOCK_BYTES = 512;
  private static final int KEY_BYTES = 32;

  /** How many chunks are there. */
  @Param({"1000", "100000", "1000000"})
  int entries;

  private final ChunkLayout layout = ChunkLayout.blob(BLOCK_BYTES);
  private ChunkStore store;
  private ChunkKey[] keys;
  private int next;
  private int newest;

  /** Fills an arena that has room for these, and no more. */
  @Setup
  public void fill() {
    ArenaLayout arena = ArenaLayout.withoutRecords((long) entries * BLOCK_BYTES, BLOCK_BYTES);
    store =
        new ChunkStore(
            new StoreSetup(
                arena,
                false,
                0,
                CachePolicy.LRU,
                StoreObserver.NONE,
                Journal.NONE,
                System::nanoTime,
                System::currentTimeMillis));
    keys = new ChunkKey[entries];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < entries; i++) {
      byte[] bytes = new byte[KEY_BYTES];
      random.nextBytes(bytes);
      keys[i] = ChunkKey.of(bytes);
      put(keys[i]);
    }
  }

  private void put(ChunkKey key) {
    ReserveResult result = store.reserve(ChunkHead.of(key, layout), PutMode.KEEP_EXISTING, 0);
    if (!(result instanceof ReserveResult.Reserved(Reservation reservation))) {
      throw new IllegalStateException("expected a place, found " + result);
    }
    store.written(reservation, SliceSums.NONE);
    store.commit(reservation);
  }

  /** Takes a lease and gives it back, which makes the chunk the one used last. */
  @Benchmark
  public long leaseAndRelease() {
    next = (next + 7919) % entries;
    Lease lease = store.lease(keys[next]);
    store.release(lease, true);
    return lease.arenaOffset();
  }

  /** Looks a key up. */
  @Benchmark
  public boolean contains() {
    next = (next + 7919) % entries;
    return store.contains(keys[next]);
  }

  /** Removes a chunk and puts it again, in the place that it had. */
  @Benchmark
  public void removeAndPut() {
    newest = (newest + 1) % entries;
    store.remove(keys[newest]);
    put(keys[newest]);
  }
}
