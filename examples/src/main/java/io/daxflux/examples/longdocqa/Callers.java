package io.daxflux.examples.longdocqa;

import io.daxflux.examples.longdocqa.RestorePath.Fetch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The threads that ask: one for each request in flight, ordinary ones, which may block. */
final class Callers implements AutoCloseable {
  private final ExecutorService threads;

  Callers(int requestsInFlight) {
    threads = Executors.newFixedThreadPool(requestsInFlight);
  }

  /** When one request began, had its first chunk, and was done, by {@link System#nanoTime}. */
  record Timing(long startNs, long firstChunkNs, long endNs) {}

  /** Runs these, at most one for each thread, all at the same time. */
  List<Timing> run(List<? extends Fetch> fetches) {
    CyclicBarrier together = new CyclicBarrier(fetches.size());
    List<Future<Timing>> running = new ArrayList<>(fetches.size());
    for (Fetch fetch : fetches) {
      running.add(threads.submit(() -> time(fetch, together)));
    }
    List<Timing> timings = new ArrayList<>(fetches.size());
    for (Future<Timing> request : running) {
      timings.add(result(request));
    }
    return timings;
  }

  private static Timing time(Fetch fetch, CyclicBarrier together)
      throws InterruptedException, BrokenBarrierException {
    together.await();
    long startNs = System.nanoTime();
    long firstChunkNs = fetch.run();
    return new Timing(startNs, firstChunkNs, System.nanoTime());
  }

  private static Timing result(Future<Timing> request) {
    try {
      return request.get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(failure.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
