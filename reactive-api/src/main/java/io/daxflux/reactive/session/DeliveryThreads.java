package io.daxflux.reactive.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Schedulers;

/**
 * The threads on which subscribers are told. They share what there is to do, so a subscriber that
 * holds one of them holds up nobody else, as long as another is free.
 *
 * <p>The queue is lock-free, for the store's thread fills it. A thread that finds it empty is noted
 * as idle and waits in a scheduled executor of its own: the one place where threads that must not
 * block may wait for work, and none waits there for another's lock. Whoever adds work wakes one
 * that is idle; a busy one looks again before it is idle.
 *
 * <p>No work is lost: what is left when the threads end runs on {@link Schedulers#boundedElastic}.
 *
 * <p>Not {@link Schedulers#newParallel}: its threads do not share, and it can be ended in an
 * orderly way only with a thread of Reactor's that keeps the process up for some seconds more.
 */
public final class DeliveryThreads implements Executor {
  /** How long they may take to deliver what they have; subscribers' code may be among it. */
  public static final Duration CLOSE_GRACE = Duration.ofSeconds(5);

  /** One bit for each of them. */
  private static final int MOST_THREADS = Long.SIZE;

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final List<DeliveryThread> threads = new ArrayList<>();
  private final AtomicLong idle = new AtomicLong();
  private volatile boolean ended;

  /** So many, or as many as there can be. */
  public DeliveryThreads(int wished) {
    for (int number = 0; number < Math.min(wished, MOST_THREADS); number++) {
      threads.add(new DeliveryThread(number));
      idle.getAndUpdate(threads.get(number)::markedIn);
    }
  }

  @Override
  public void execute(Runnable task) {
    tasks.offer(task);
    if (ended) {
      runElsewhere();
    } else {
      wakeOne();
    }
  }

  private void wakeOne() {
    long seen = idle.get();
    while (seen != 0) {
      DeliveryThread first = threads.get(Long.numberOfTrailingZeros(seen));
      if (first.claimed()) {
        first.wake();
        return;
      }
      seen = idle.get();
    }
  }

  private void runElsewhere() {
    Runnable task;
    while ((task = tasks.poll()) != null) {
      Schedulers.boundedElastic().schedule(task);
    }
  }

  /**
   * Lets them deliver what they have, but not for ever. Blocks.
   *
   * @throws IllegalStateException where subscribers' code holds some of them too long
   */
  public void end(Duration grace) throws InterruptedException {
    threads.forEach(thread -> thread.executor.shutdown());
    long deadlineNs = System.nanoTime() + grace.toNanos();
    List<String> held = new ArrayList<>();
    for (DeliveryThread thread : threads) {
      long leftNs = deadlineNs - System.nanoTime();
      if (!thread.executor.awaitTermination(leftNs, TimeUnit.NANOSECONDS)) {
        thread.executor.shutdownNow();
        held.add(thread.name);
      }
    }
    ended = true;
    runElsewhere();
    if (!held.isEmpty()) {
      throw new IllegalStateException(
          "expected them to end within "
              + grace
              + ", found "
              + held
              + " held by subscribers' code");
    }
  }

  /** One of them, and how it is woken. */
  private final class DeliveryThread {
    private final long bit;
    private final String name;
    private final ExecutorService executor;

    DeliveryThread(int number) {
      bit = 1L << number;
      name = "daxflux-delivery-" + (number + 1);
      executor = Executors.newSingleThreadScheduledExecutor(code -> new MarkedThread(code, name));
    }

    long markedIn(long bits) {
      return bits | bit;
    }

    /** It is idle no more; false where it was not. */
    boolean claimed() {
      return (idle.getAndUpdate(bits -> bits & ~bit) & bit) != 0;
    }

    /** Whoever has claimed it. */
    void wake() {
      try {
        executor.execute(this::work);
      } catch (RejectedExecutionException ending) {
        runElsewhere();
      }
    }

    private void work() {
      do {
        Runnable task;
        while ((task = tasks.poll()) != null) {
          run(task);
        }
        idle.getAndUpdate(this::markedIn);
      } while (!tasks.isEmpty() && claimed());
    }
  }

  /** What fails must not take the thread with it. */
  private static void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable failure) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    }
  }

  /** Marked, so that {@code block()} on it fails at once and by name. */
  private static final class MarkedThread extends Thread implements NonBlocking {
    MarkedThread(Runnable code, String name) {
      super(code, name);
      setDaemon(true);
    }
  }
}
