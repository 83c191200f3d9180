package io.daxflux.reactive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.Disposable;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The threads on which subscribers are told, each with a queue of its own, so that none waits for
 * another's lock. Tasks go to one after the other.
 *
 * <p>In the manner of {@link Schedulers#newParallel}, which however can be ended in an orderly way
 * only with a thread of Reactor's that keeps the process up for some seconds more.
 */
final class DeliveryThreads implements Scheduler {
  /** How long they may take to deliver what they have; subscribers' code may be among it. */
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);

  private final List<ScheduledExecutorService> executors = new ArrayList<>();
  private final List<Scheduler> schedulers = new ArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();

  DeliveryThreads(int threads) {
    for (int number = 1; number <= threads; number++) {
      String name = "daxflux-delivery-" + number;
      ScheduledExecutorService executor =
          Executors.newSingleThreadScheduledExecutor(code -> new DeliveryThread(code, name));
      executors.add(executor);
      schedulers.add(Schedulers.fromExecutorService(executor, name));
    }
  }

  private Scheduler next() {
    return schedulers.get(Math.floorMod(turn.getAndIncrement(), schedulers.size()));
  }

  @Override
  public Disposable schedule(Runnable task) {
    return next().schedule(task);
  }

  @Override
  public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
    return next().schedule(task, delay, unit);
  }

  @Override
  public Disposable schedulePeriodically(
      Runnable task, long initialDelay, long period, TimeUnit unit) {
    return next().schedulePeriodically(task, initialDelay, period, unit);
  }

  @Override
  public Worker createWorker() {
    return next().createWorker();
  }

  /** Lets them deliver what they have, but not for ever. Blocks. */
  void end() throws InterruptedException {
    executors.forEach(ScheduledExecutorService::shutdown);
    long deadlineNs = System.nanoTime() + CLOSE_GRACE.toNanos();
    for (ScheduledExecutorService executor : executors) {
      long leftNs = deadlineNs - System.nanoTime();
      if (!executor.awaitTermination(leftNs, TimeUnit.NANOSECONDS)) {
        executor.shutdownNow();
      }
    }
  }

  /** Marked, so that {@code block()} on it fails at once and by name. */
  private static final class DeliveryThread extends Thread implements NonBlocking {
    DeliveryThread(Runnable code, String name) {
      super(code, name);
      setDaemon(true);
    }
  }
}
