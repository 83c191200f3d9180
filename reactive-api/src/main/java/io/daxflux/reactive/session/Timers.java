package io.daxflux.reactive.session;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import reactor.core.scheduler.Scheduler;

/**
 * Where a store keeps time. Immutable.
 *
 * @param scheduler wakes the store; never runs a user's code
 * @param nowNs the clock that time limits run by, in nanoseconds since whenever
 */
public record Timers(Scheduler scheduler, LongSupplier nowNs) {
  /** By a scheduler of the process's own time. */
  public static Timers ofTheProcess(Scheduler scheduler) {
    return new Timers(scheduler, System::nanoTime);
  }

  /** By a scheduler that has a time of its own. */
  public static Timers of(Scheduler scheduler) {
    return new Timers(scheduler, () -> scheduler.now(TimeUnit.NANOSECONDS));
  }
}
