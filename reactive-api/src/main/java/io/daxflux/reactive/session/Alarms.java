package io.daxflux.reactive.session;

import io.daxflux.reactive.ring.Mailbox;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * The time limits of a store. They are set and cleared many times a millisecond and hardly ever
 * ring, so there is one timer for all of them. It is not taken back when the alarm is cleared that
 * it was set for: it finds nothing due then, and is set for the next one.
 *
 * <p>Confined to the store's thread.
 */
final class Alarms {
  private final Timers timers;
  private final Mailbox mailbox;
  private final TreeSet<Alarm> set = new TreeSet<>();
  private long made;

  private @Nullable Disposable timer;

  /** When the timer wakes the store; says something only while there is one. */
  private long wakesNs;

  Alarms(Timers timers, Mailbox mailbox) {
    this.timers = timers;
    this.mailbox = mailbox;
  }

  /** An alarm that is not set. */
  Alarm alarm(Runnable onRing) {
    return new Alarm(this, made++, onRing);
  }

  long nowNs() {
    return timers.nowNs().getAsLong();
  }

  void add(Alarm alarm) {
    set.add(alarm);
    wakeForFirst();
  }

  void remove(Alarm alarm) {
    set.remove(alarm);
  }

  /** Whether anybody waits for one. */
  boolean areSet() {
    return !set.isEmpty();
  }

  /** Never wakes the store again, whatever is still set. */
  void stop() {
    set.clear();
    if (timer != null) {
      timer.dispose();
      timer = null;
    }
  }

  private void wakeForFirst() {
    if (set.isEmpty()) {
      return;
    }
    long dueNs = set.first().dueNs();
    if (timer != null) {
      if (wakesNs - dueNs <= 0) {
        return;
      }
      timer.dispose();
      timer = null;
    }
    wakesNs = dueNs;
    // A step for each timer: an earlier one may be on its way.
    Step step = new Step(() -> woken(dueNs));
    timer =
        timers
            .scheduler()
            .schedule(
                () -> mailbox.giveBack(step), Math.max(0, dueNs - nowNs()), TimeUnit.NANOSECONDS);
  }

  private void woken(long forNs) {
    if (timer != null && wakesNs == forNs) {
      timer = null;
    }
    long nowNs = nowNs();
    try {
      while (!set.isEmpty() && set.first().dueNs() - nowNs <= 0) {
        set.removeFirst().ring();
      }
    } finally {
      // Also where one of them fails: the others are rung by the next timer.
      wakeForFirst();
    }
  }
}
