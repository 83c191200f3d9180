package io.daxflux.net.serve;

/** Bytes that are no request. The message goes to the log: it must not quote what may be secret. */
public final class MalformedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what was expected, and what was found. */
  public MalformedException(String message) {
    super(message, null, false, false);
  }
}
