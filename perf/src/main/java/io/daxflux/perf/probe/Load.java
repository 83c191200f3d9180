package io.daxflux.perf.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Threads that do one thing over and over, until closed. */
final class Load implements AutoCloseable {
  private final ExecutorService threads;
  private final List<Future<?>> ends = new ArrayList<>();
  private volatile boolean stopped;

  /**
   * Starts them.
   *
   * @param count how many; there may be none
   * @param step what each does, by its number
   */
  Load(int count, IntConsumer step) {
    threads = Executors.newCachedThreadPool();
    for (int i = 0; i < count; i++) {
      int number = i;
      ends.add(threads.submit(() -> repeat(number, step)));
    }
  }

  private void repeat(int number, IntConsumer step) {
    while (!stopped) {
      step.accept(number);
    }
  }

  /** Returns when all are done; fails where one of them failed. */
  @Override
  public void close() {
    stopped = true;
    threads.shutdown();
    try {
      for (Future<?> end : ends) {
        end.get();
      }
    } catch (ExecutionException failure) {
      throw new IllegalStateException("a thread of the load failed", failure.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
