package io.daxflux.media;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Threads that work through numbered tasks and are gone when they are done: the scan of an open
 * device has no pool to borrow yet.
 */
final class Crew {
  private final AtomicLong nextTask = new AtomicLong();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final long tasks;

  private Crew(long tasks) {
    this.tasks = tasks;
  }

  /**
   * Does all tasks, and returns when no thread is left. The calling thread works, too.
   *
   * @param workers makes what works, one for each thread: it is given numbers from 0 to below
   *     {@code tasks}
   */
  static void work(int threads, long tasks, Supplier<LongConsumer> workers) {
    Crew crew = new Crew(tasks);
    List<Thread> others = new ArrayList<>();
    try {
      for (int i = 1; i < Math.min(threads, tasks); i++) {
        LongConsumer worker = workers.get();
        others.add(
            Thread.ofPlatform().daemon().name("daxflux-scan-" + i).start(() -> crew.run(worker)));
      }
      crew.run(workers.get());
    } catch (RuntimeException | Error refused) {
      crew.failure.compareAndSet(null, refused);
    }
    joinAll(others);
    switch (crew.failure.get()) {
      case RuntimeException exception -> throw exception;
      case Error error -> throw error;
      case null, default -> {}
    }
  }

  private void run(LongConsumer worker) {
    try {
      for (long task = nextTask.getAndIncrement();
          task < tasks && failure.get() == null;
          task = nextTask.getAndIncrement()) {
        worker.accept(task);
      }
    } catch (RuntimeException | Error thrown) {
      failure.compareAndSet(null, thrown);
    }
  }

  /** Waits for threads that end by themselves, and keeps an interruption for later. */
  private static void joinAll(List<Thread> threads) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException interruption) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
