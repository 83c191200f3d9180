package io.daxflux.reactive;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * What a store has taken and must give back: closed last taken first, but the delivery threads last
 * of all, for they tell subscribers how it ended. One failure does not keep the others.
 */
final class OwnedParts {
  private static final int DELIVERY_GRACE_SECONDS = 5;

  /** Runs subscribers' code, which gets an error and not a stalled stream where it blocks. */
  private static final class DeliveryThread extends Thread implements NonBlocking {
    DeliveryThread(Runnable code, int number) {
      super(code, "daxflux-delivery-" + number);
      setDaemon(true);
    }
  }

  private record Part(String name, AutoCloseable closer) {}

  private final Deque<Part> parts = new ArrayDeque<>();
  private @Nullable Part deliveryThreads;

  <T extends AutoCloseable> T own(String name, T part) {
    parts.push(new Part(name, part));
    return part;
  }

  /**
   * The caller's scheduler, or one of our own with this many threads that may block. They share one
   * queue, so that a region never waits behind a busy thread while another is idle; the queue is
   * lock-free, for the store's thread fills it.
   */
  Scheduler copyWorkers(@Nullable Scheduler callers, int workers) {
    if (callers != null) {
      return callers;
    }
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            workers,
            workers,
            0,
            TimeUnit.SECONDS,
            new LinkedTransferQueue<>(),
            Thread.ofPlatform().daemon().name("daxflux-copy-", 1).factory());
    parts.push(new Part("copy workers", threads));
    // Where there is no room for a thread, that shows now and not in the middle of a restore.
    threads.prestartAllCoreThreads();
    return Schedulers.fromExecutorService(threads, "daxflux-copy");
  }

  /** The caller's scheduler, or one of our own with a thread that runs no user's code. */
  Scheduler timers(@Nullable Scheduler callers) {
    if (callers != null) {
      return callers;
    }
    Scheduler scheduler = Schedulers.newSingle("daxflux-timer", true);
    parts.push(new Part("timer", scheduler::dispose));
    return scheduler;
  }

  /** The caller's scheduler, or one of our own with threads that must not block. */
  Scheduler delivery(@Nullable Scheduler callers) {
    if (callers != null) {
      return callers;
    }
    AtomicInteger number = new AtomicInteger();
    // Its queue is the one on which threads that must not block may wait for work.
    ScheduledThreadPoolExecutor threads =
        new ScheduledThreadPoolExecutor(
            Schedulers.DEFAULT_POOL_SIZE,
            code -> new DeliveryThread(code, number.incrementAndGet()));
    deliveryThreads = new Part("delivery threads", () -> end(threads));
    return Schedulers.fromExecutorService(threads, "daxflux-delivery");
  }

  /** Lets them deliver what they have, but not for ever: subscribers' code may be among it. */
  private static void end(ExecutorService threads) throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(DELIVERY_GRACE_SECONDS, TimeUnit.SECONDS)) {
      threads.shutdownNow();
    }
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
