package io.daxflux.examples.longdocqa;

import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.BorrowedChunk;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The floor: the same bytes between the same pages, by as many threads as the store has workers,
 * with {@link MemorySegment#copy} in slices that it is fastest at. No store is at work while the
 * clock runs.
 *
 * <p>A slice never holds more than one chunk. Of chunks far below 3 MiB the store copies several in
 * one go, and may be faster than this.
 */
final class FloorPath implements RestorePath {
  private static final long MOST_SLICE_BYTES = 6L << 20;

  private final ReactiveChunkStore store;
  private final int workers;
  private final ExecutorService threads;

  FloorPath(ReactiveChunkStore store, int workers) {
    this.store = store;
    this.workers = workers;
    this.threads = Executors.newFixedThreadPool(workers);
  }

  private record Slice(MemorySegment from, MemorySegment to, long offset, long bytes) {
    void copy() {
      MemorySegment.copy(from, offset, to, offset, bytes);
    }
  }

  @Override
  public Fetch prepare(Document document) {
    HeldOutputs outputs = HeldOutputs.of(store, document);
    BorrowedPrefix sources = store.borrowPrefix(document.keys()).block();
    List<Slice> slices = new ArrayList<>();
    for (BorrowedChunk source : sources.chunks()) {
      addSlices(source.segment(), outputs.chunks().get(source.index()), slices);
    }
    return new Fetch() {
      @Override
      public long run() {
        copyAll(slices);
        return System.nanoTime();
      }

      @Override
      public List<MemorySegment> chunks() {
        return outputs.chunks();
      }

      @Override
      public void close() {
        outputs.close();
        sources.close();
      }
    };
  }

  /** Equal slices of at most 6 MiB, and of at least 3 unless the chunk is smaller. */
  private static void addSlices(MemorySegment from, MemorySegment to, List<Slice> slices) {
    long count = Math.ceilDiv(from.byteSize(), MOST_SLICE_BYTES);
    long sliceBytes = Math.ceilDiv(Math.ceilDiv(from.byteSize(), count), 64) * 64;
    for (long offset = 0; offset < from.byteSize(); offset += sliceBytes) {
      slices.add(new Slice(from, to, offset, Math.min(sliceBytes, from.byteSize() - offset)));
    }
  }

  /** Each thread takes the next slice until none is left. */
  private void copyAll(List<Slice> slices) {
    AtomicInteger next = new AtomicInteger();
    Callable<Void> worker =
        () -> {
          for (int i = next.getAndIncrement(); i < slices.size(); i = next.getAndIncrement()) {
            slices.get(i).copy();
          }
          return null;
        };
    try {
      for (Future<Void> done : threads.invokeAll(Collections.nCopies(workers, worker))) {
        done.get();
      }
    } catch (Exception failure) {
      throw new RunFailure("floor: the copy failed: " + failure.getMessage());
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
