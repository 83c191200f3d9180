package io.daxflux.perf.race;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Those who make the requests: one, on the thread that measures, or several at the same time. */
final class Callers implements AutoCloseable {
  private final int count;
  private final ExecutorService threads;

  Callers(int count) {
    this.count = count;
    this.threads = Executors.newFixedThreadPool(count);
  }

  /** From when to when a caller was at it, and how long each request took to its first chunk. */
  record Timing(long startNs, long endNs, List<Long> firstChunkNs) {
    long ns() {
      return endNs - startNs;
    }
  }

  /** Has the requests made: each caller makes as many, one after the other. */
  List<Timing> make(int asks, Visit visit) {
    if (count == 1) {
      return List.of(serve(0, asks, visit));
    }
    CyclicBarrier together = new CyclicBarrier(count);
    List<Callable<Timing>> tasks = new ArrayList<>();
    for (int caller = 0; caller < count; caller++) {
      int first = caller * (asks / count);
      tasks.add(
          () -> {
            await(together);
            return serve(first, first + asks / count, visit);
          });
    }
    try {
      List<Timing> timings = new ArrayList<>();
      for (Future<Timing> done : threads.invokeAll(tasks)) {
        timings.add(done.get());
      }
      return timings;
    } catch (ExecutionException failure) {
      throw new IllegalStateException(failure.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static Timing serve(int from, int to, Visit visit) {
    List<Long> firstChunkNs = new ArrayList<>(to - from);
    long startNs = System.nanoTime();
    long askedNs = startNs;
    for (int ask = from; ask < to; ask++) {
      firstChunkNs.add(visit.serve(ask) - askedNs);
      askedNs = System.nanoTime();
    }
    return new Timing(startNs, askedNs, firstChunkNs);
  }

  private static void await(CyclicBarrier together) throws InterruptedException {
    try {
      together.await();
    } catch (BrokenBarrierException broken) {
      throw new IllegalStateException(broken);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
