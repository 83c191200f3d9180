package io.daxflux.reactive.session;

import java.time.Duration;

/**
 * Removes chunks whose time is over, some at a time, so that others have their turns in between.
 * Reads look at the time themselves: nobody is served what it has not come to yet.
 *
 * <p>Confined to the store's thread.
 */
final class Expirer {
  private static final int MOST_AT_ONCE = 1_000;

  /** What expires within it is removed together. */
  static final Duration LEAST_WAIT = Duration.ofMillis(100);

  /** The clock may be set: it is looked at now and then. */
  private static final Duration MOST_WAIT = Duration.ofMinutes(1);

  private final StoreLoop loop;
  private final Alarm alarm;

  /** What the alarm is set for; the greatest number while it is not set. */
  private long setForMs = Long.MAX_VALUE;

  Expirer(StoreLoop loop) {
    this.loop = loop;
    this.alarm = loop.alarms().alarm(this::remove);
  }

  /** Something may expire earlier than was known. */
  void look() {
    long nextMs = loop.store().catalogue().nextExpiryMs();
    if (nextMs >= setForMs || loop.isClosing()) {
      return;
    }
    setForMs = nextMs;
    long waitMs = Math.max(nextMs - loop.epochMs(), LEAST_WAIT.toMillis());
    alarm.set(Duration.ofMillis(Math.min(waitMs, MOST_WAIT.toMillis())));
  }

  /** Removes nothing more. */
  void stop() {
    alarm.clear();
  }

  private void remove() {
    if (loop.isClosing()) {
      return;
    }
    if (loop.store().catalogue().removeExpired(MOST_AT_ONCE) == MOST_AT_ONCE) {
      loop.mailbox().giveBack(new Step(this::remove));
    } else {
      setForMs = Long.MAX_VALUE;
      look();
    }
  }
}
