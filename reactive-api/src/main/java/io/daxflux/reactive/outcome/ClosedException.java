package io.daxflux.reactive.outcome;

/** The store is closing, or closed. */
public final class ClosedException extends StoreException {
  private static final long serialVersionUID = 1L;

  private final String what;

  /** Says what was asked of it. */
  public ClosedException(String what) {
    super(Category.REOPEN, "store closed: " + what, null);
    this.what = what;
  }

  /** What was asked of it, or what its close has ended. */
  public String what() {
    return what;
  }
}
