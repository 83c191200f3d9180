package io.daxflux.reactive.session;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * One time limit of one session. Set and cleared on the store's thread; it rings on a timer's,
 * which only says so and leaves the rest to the session. Setting it again makes an earlier ring
 * void.
 */
final class Alarm {
  private final Scheduler timers;
  private final Runnable bell;
  private @Nullable Disposable timer;
  private int setting;

  /** The latest setting that rang. */
  private final AtomicInteger rung = new AtomicInteger(-1);

  /**
   * @param bell tells the session; any thread, must not block
   */
  Alarm(Scheduler timers, Runnable bell) {
    this.timers = timers;
    this.bell = bell;
  }

  void set(Duration limit) {
    clear();
    int thisSetting = setting;
    timer =
        timers.schedule(
            () -> {
              rung.accumulateAndGet(thisSetting, Math::max);
              bell.run();
            },
            limit.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  void clear() {
    setting++;
    if (timer != null) {
      timer.dispose();
      timer = null;
    }
  }

  /** Whether it has rung since it was last set. */
  boolean hasRung() {
    return timer != null && rung.get() == setting;
  }
}
