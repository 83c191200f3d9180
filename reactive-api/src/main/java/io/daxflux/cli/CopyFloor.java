package io.daxflux.cli;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Copies by {@link MemorySegment#copy} and nothing else: as fast as a restore could ever be. */
final class CopyFloor implements AutoCloseable {
  /** Above half of it, the JVM's copy is at its fastest. */
  private static final long MOST_SLICE_BYTES = 6L << 20;

  private final int threads;
  private final ExecutorService workers;

  CopyFloor(int threads) {
    this.threads = threads;
    this.workers = Executors.newFixedThreadPool(threads);
  }

  /** What one thread copies at a time. */
  record Slice(MemorySegment from, MemorySegment to, long offset, long bytes) {
    void copy() {
      MemorySegment.copy(from, offset, to, offset, bytes);
    }
  }

  /** A chunk in equal slices. */
  static List<Slice> slices(MemorySegment from, MemorySegment to) {
    long count = Math.ceilDiv(from.byteSize(), MOST_SLICE_BYTES);
    long sliceBytes = Math.ceilDiv(from.byteSize(), count);
    List<Slice> slices = new ArrayList<>();
    for (long offset = 0; offset < from.byteSize(); offset += sliceBytes) {
      slices.add(new Slice(from, to, offset, Math.min(sliceBytes, from.byteSize() - offset)));
    }
    return slices;
  }

  /** Copies them all, each thread the next one until none is left. Blocks. */
  long copyNs(List<Slice> slices) {
    AtomicInteger next = new AtomicInteger();
    Callable<Void> work =
        () -> {
          for (int i = next.getAndIncrement(); i < slices.size(); i = next.getAndIncrement()) {
            slices.get(i).copy();
          }
          return null;
        };
    long startNs = System.nanoTime();
    try {
      for (Future<Void> done : workers.invokeAll(Collections.nCopies(threads, work))) {
        done.get();
      }
    } catch (ExecutionException failed) {
      throw new CommandFailure("expected to copy, found: " + failed.getCause());
    } catch (InterruptedException interrupted) {
      throw new CommandFailure("expected to copy, found an interrupt");
    }
    return System.nanoTime() - startNs;
  }

  @Override
  public void close() {
    workers.close();
  }
}
