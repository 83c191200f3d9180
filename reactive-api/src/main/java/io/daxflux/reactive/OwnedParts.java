package io.daxflux.reactive;

import io.daxflux.reactive.session.DeliveryThreads;
import io.daxflux.reactive.session.Timers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * What a store has taken and must give back: closed last taken first, but the delivery threads last
 * of all, for they tell subscribers how it ended. One failure does not keep the others.
 */
final class OwnedParts {
  private record Part(String name, AutoCloseable closer) {}

  private final Deque<Part> parts = new ArrayDeque<>();
  private @Nullable Part deliveryThreads;

  <T extends AutoCloseable> T own(String name, T part) {
    parts.push(new Part(name, part));
    return part;
  }

  /**
   * The caller's scheduler, or one of our own with this many threads that may block. They share one
   * queue, so that a region never waits behind a busy thread while another is idle.
   */
  Scheduler copyWorkers(@Nullable Scheduler callers, int workers) {
    if (callers != null) {
      return callers;
    }
    ThreadPoolExecutor threads = pool(workers, "daxflux-copy-");
    parts.push(new Part("copy workers", threads));
    // Where there is no room for a thread, that shows now and not in the middle of a restore.
    threads.prestartAllCoreThreads();
    return Schedulers.fromExecutorService(threads, "daxflux-copy");
  }

  /** The caller's scheduler, or one of our own with a thread that may block. */
  Scheduler committer(@Nullable Scheduler callers) {
    if (callers != null) {
      return callers;
    }
    ThreadPoolExecutor thread = pool(1, "daxflux-commit-");
    parts.push(new Part("commit thread", thread));
    return Schedulers.fromExecutorService(thread, "daxflux-commit");
  }

  /** Threads that share one queue, which is lock-free, for the store's thread fills it. */
  private static ThreadPoolExecutor pool(int threads, String name) {
    return new ThreadPoolExecutor(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new LinkedTransferQueue<>(),
        Thread.ofPlatform().daemon().name(name, 1).factory());
  }

  /** The caller's scheduler, or one of our own with a thread that runs no user's code. */
  Timers timers(@Nullable Scheduler callers) {
    if (callers != null) {
      return Timers.of(callers);
    }
    Scheduler scheduler = Schedulers.newSingle("daxflux-timer", true);
    parts.push(new Part("timer", scheduler::dispose));
    return Timers.ofTheProcess(scheduler);
  }

  /** The caller's scheduler, or one of our own with threads that must not block. */
  Scheduler delivery(@Nullable Scheduler callers) {
    if (callers != null) {
      return callers;
    }
    DeliveryThreads threads = new DeliveryThreads(Schedulers.DEFAULT_POOL_SIZE);
    deliveryThreads = new Part("delivery threads", () -> threads.end(DeliveryThreads.CLOSE_GRACE));
    return Schedulers.fromExecutor(threads);
  }

  /** Leaves a part as it is: it is not safe to close it. */
  void keep(String name) {
    parts.removeIf(part -> part.name().equals(name));
  }

  /** Closes all. Blocks. */
  List<Throwable> giveBack() {
    List<Throwable> failures = new ArrayList<>();
    while (!parts.isEmpty()) {
      close(parts.pop(), failures);
    }
    if (deliveryThreads != null) {
      close(deliveryThreads, failures);
    }
    return failures;
  }

  private static void close(Part part, List<Throwable> failures) {
    try {
      part.closer().close();
    } catch (Exception | Error failure) {
      failures.add(new IllegalStateException("could not give back the " + part.name(), failure));
    }
  }
}
