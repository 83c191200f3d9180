package io.daxflux.reactive.outcome;

import java.time.Duration;

/**
 * A stream held leases for too long without asking for more. They were given back; what it has
 * delivered stays its subscriber's.
 */
public final class StreamIdleException extends StoreException {
  private static final long serialVersionUID = 1L;

  private final Duration idle;

  /** Says for how long. */
  public StreamIdleException(Duration idle) {
    super(
        Category.RETRY,
        "stream idle: expected demand within " + idle + " (dax.lease_max_age), found none",
        null);
    this.idle = idle;
  }

  /** For how long there was no demand. */
  public Duration idle() {
    return idle;
  }
}
