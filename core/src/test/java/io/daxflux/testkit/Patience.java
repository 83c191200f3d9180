package io.daxflux.testkit;

import java.time.Duration;

/** How long a test waits for what should be there at once, before it fails. */
public final class Patience {
  private static final long LEAST_SECONDS = Long.getLong("daxflux.test.patience", 0);

  private Patience() {}

  /** So many seconds, or what {@code daxflux.test.patience} says if that is more. */
  public static Duration ofSeconds(long seconds) {
    return Duration.ofSeconds(Math.max(seconds, LEAST_SECONDS));
  }
}
