package io.daxflux.reactive.outcome;

/** A region copy failed for a reason that is no memory fault. Nothing was delivered of it. */
public final class CopyFailedException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** Says why. */
  public CopyFailedException(Throwable cause) {
    super(Category.REPORT, "copy failed: " + cause, cause);
  }
}
