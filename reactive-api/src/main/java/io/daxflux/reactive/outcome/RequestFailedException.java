package io.daxflux.reactive.outcome;

/**
 * The software failed, and not the memory: a copy, or a step on the store's thread. What was not
 * delivered before is not delivered.
 */
public final class RequestFailedException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** Says why. */
  public RequestFailedException(Throwable cause) {
    super(Category.REPORT, "request failed: " + cause, cause);
  }
}
