package io.daxflux.reactive.session;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.scheduler.Schedulers;

/**
 * The thread of a caller that subscribes only to wait, as {@code block()} does: before it waits, it
 * works for its own request. It copies small regions together with the workers, and is told the
 * outcome where it stands. So a small request is over before its caller falls asleep, and no thread
 * has to be woken for it.
 *
 * <h2>Thread-safety</h2>
 *
 * Any thread hands it a task. Which regions it copies is decided on the store's thread.
 */
final class WaitingCaller {
  /** What it copies at a time is small, for it may have to be told of what others have copied. */
  static final long MOST_REGION_BYTES = 2L << 20;

  /** How long it stays awake for regions that workers copy: less than it takes to wake it twice. */
  private static final long WATCH_NS = 50_000;

  private static final boolean WATCHES = Runtime.getRuntime().availableProcessors() > 1;

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private volatile boolean gone;

  /** The region that is left to it. On the store's thread. */
  private @Nullable RegionJob own;

  /** Regions that workers were told of and that are not back. */
  private final AtomicInteger shared = new AtomicInteger();

  private WaitingCaller() {}

  /**
   * The calling thread, where it may block and the subscriber at the end of the chain is a latch
   * that it will wait at; null otherwise.
   */
  static @Nullable WaitingCaller of(CoreSubscriber<?> subscriber) {
    if (Schedulers.isInNonBlockingThread()) {
      return null;
    }
    Object last = subscriber;
    while (last instanceof Scannable stage
        && stage.scanUnsafe(Scannable.Attr.ACTUAL) instanceof Scannable next) {
      last = next;
    }
    return last instanceof CountDownLatch ? new WaitingCaller() : null;
  }

  /** Hands it a task; false where it has gone, and the task must be run elsewhere. Any thread. */
  boolean take(Runnable task) {
    if (gone) {
      return false;
    }
    tasks.add(task);
    // Whoever removes it from the queue runs it.
    return !gone || !tasks.remove(task);
  }

  /**
   * Hands it a region. The first is left to it: no worker needs to be woken for that. While it has
   * one of those, workers have to be told of the others, too, and whoever is first copies them.
   *
   * @return whether it is left to it
   */
  boolean offer(RegionJob job) {
    if (own == null && take(job)) {
      own = job;
      return true;
    }
    shared.incrementAndGet();
    if (!gone) {
      tasks.add(job);
    }
    return false;
  }

  /** A region that it was handed is back, and all that follows from that was said. */
  void back(RegionJob job) {
    if (job.equals(own)) {
      own = null;
    } else {
      shared.decrementAndGet();
    }
  }

  /** Works until there is nothing more to do, and goes. The caller's own thread, once. */
  void work() {
    runAll();
    if (WATCHES && shared.get() > 0) {
      watch();
    }
    gone = true;
    runAll();
  }

  private void watch() {
    long idleSinceNs = System.nanoTime();
    while (shared.get() > 0 && System.nanoTime() - idleSinceNs < WATCH_NS) {
      if (runAll()) {
        idleSinceNs = System.nanoTime();
      }
      Thread.onSpinWait();
    }
  }

  private boolean runAll() {
    Runnable task = tasks.poll();
    boolean any = task != null;
    while (task != null) {
      task.run();
      task = tasks.poll();
    }
    return any;
  }
}
