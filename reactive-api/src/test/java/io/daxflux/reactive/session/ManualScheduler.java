package io.daxflux.reactive.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/** A scheduler whose tasks run when the test says so, and whose clock the test moves. */
final class ManualScheduler implements Scheduler {
  private record Timer(long dueNs, Runnable task, Disposable handle) {}

  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final List<Timer> timers = new ArrayList<>();
  private long nowNs;
  private boolean newestFirst;
  private @Nullable RejectedExecutionException refusal;

  boolean isEmpty() {
    return tasks.isEmpty();
  }

  /** Runs the task that was scheduled first, or the last one where that was asked for. */
  void runOne() {
    Runnable task = newestFirst ? tasks.removeLast() : tasks.remove();
    task.run();
  }

  /**
   * Whether to go on as if there were many threads, and the one with the newest task the quickest.
   */
  void newestFirst(boolean quickest) {
    newestFirst = quickest;
  }

  /** Moves the clock, and runs the timers that are due then, in their order. */
  void advance(Duration time) {
    nowNs += time.toNanos();
    List<Timer> due = new ArrayList<>();
    for (Iterator<Timer> each = timers.iterator(); each.hasNext(); ) {
      Timer timer = each.next();
      if (timer.dueNs <= nowNs) {
        each.remove();
        due.add(timer);
      }
    }
    due.sort(Comparator.comparingLong(Timer::dueNs));
    for (Timer timer : due) {
      if (!timer.handle.isDisposed()) {
        timer.task.run();
      }
    }
  }

  /** Takes no more tasks; null to take them again. */
  void refuseWith(@Nullable RejectedExecutionException cause) {
    refusal = cause;
  }

  /** Whether a timer that was not taken back waits for its time. */
  boolean hasTimers() {
    return timers.stream().anyMatch(timer -> !timer.handle.isDisposed());
  }

  @Override
  public Disposable schedule(Runnable task) {
    if (refusal != null) {
      throw refusal;
    }
    tasks.add(task);
    return Disposables.disposed();
  }

  @Override
  public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
    Disposable handle = Disposables.single();
    timers.add(new Timer(nowNs + unit.toNanos(delay), task, handle));
    return handle;
  }

  @Override
  public Worker createWorker() {
    throw new UnsupportedOperationException("expected no worker to be asked for");
  }

  @Override
  public long now(TimeUnit unit) {
    return unit.convert(nowNs, TimeUnit.NANOSECONDS);
  }
}
