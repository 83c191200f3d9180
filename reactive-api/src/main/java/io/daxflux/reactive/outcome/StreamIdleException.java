package io.daxflux.reactive.outcome;

import java.time.Duration;

/**
 * A stream held what it had taken for too long without going on: leases without asking for more, or
 * the place of a put without writing to it. That was given back; what was delivered stays its
 * subscriber's.
 */
public final class StreamIdleException extends StoreException {
  private static final long serialVersionUID = 1L;

  private final Duration idle;
  private final boolean put;

  private StreamIdleException(String expected, Duration idle, boolean put) {
    super(
        Category.RETRY,
        "stream idle: expected "
            + expected
            + " within "
            + idle
            + " (dax.lease_max_age), found none",
        null);
    this.idle = idle;
    this.put = put;
  }

  /** There was no demand for so long. */
  public static StreamIdleException noDemand(Duration idle) {
    return new StreamIdleException("demand", idle, false);
  }

  /** There was neither a part nor an end for so long. */
  public static StreamIdleException noPart(Duration idle) {
    return new StreamIdleException("a part or the commit", idle, true);
  }

  /** Whether it was a put, and not a restore. */
  public boolean isPut() {
    return put;
  }

  /** For how long nothing came, at least. */
  public Duration idle() {
    return idle;
  }
}
