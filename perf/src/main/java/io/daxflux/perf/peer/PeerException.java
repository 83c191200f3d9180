package io.daxflux.perf.peer;

/** A peer cannot do what it is asked for; the message says why, in a line for a table's cell. */
public final class PeerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Says why. */
  public PeerException(String reason) {
    super(reason);
  }

  /** Says why, and what it said itself. */
  public PeerException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
