package io.daxflux.reactive;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The hand of a test on the commits of a store: holds groups of them before they are carried out,
 * and lets some through. Lets everything through until told otherwise.
 */
public final class HeldCommits implements Scheduler {
  private static final int ANY = 1 << 20;

  private final Scheduler committer =
      Schedulers.newBoundedElastic(1, ANY, "held-commits", 60, true);
  private final Semaphore turnstile = new Semaphore(ANY);
  private final AtomicInteger held = new AtomicInteger();

  /** From now on groups wait. */
  public HeldCommits hold() {
    turnstile.drainPermits();
    return this;
  }

  /** Lets one group through: the one that waits, or the next. */
  public void passOne() {
    turnstile.release();
  }

  /** Lets all groups through, now and later. */
  public void passAll() {
    turnstile.release(ANY);
  }

  /** Waits until a group waits. There is never more than one. */
  public void awaitHeld() {
    QuietStores.until(() -> held.get() > 0, "a group of commits held");
  }

  @Override
  public Disposable schedule(Runnable group) {
    return committer.schedule(
        () -> {
          held.incrementAndGet();
          turnstile.acquireUninterruptibly();
          held.decrementAndGet();
          group.run();
        });
  }

  @Override
  public Worker createWorker() {
    return committer.createWorker();
  }

  @Override
  public void dispose() {
    committer.dispose();
  }
}
