package io.daxflux.reactive.outcome;

/**
 * Why a request as a whole came to nothing. Misses and refused chunks are outcomes; this is for
 * what concerns the request itself.
 */
public abstract sealed class StoreException extends RuntimeException
    permits BusyException,
        ClosedException,
        OutputBudgetException,
        RequestTooLargeException,
        RecordFaultException,
        RemoteException,
        StreamIdleException,
        RequestFailedException {
  private static final long serialVersionUID = 1L;

  /** What the caller can do about it. */
  public enum Category {
    /** The same request may succeed a moment later. */
    RETRY,
    /** The same request will never succeed: ask for less. */
    ASK_LESS,
    /** The device failed: have it looked at. */
    CHECK_DEVICE,
    /** This store serves no more. */
    REOPEN,
    /** The software failed: report it. */
    REPORT
  }

  private final Category category;

  StoreException(Category category, String message, Throwable cause) {
    super(message, cause);
    this.category = category;
  }

  /** What to do about it. */
  public Category category() {
    return category;
  }
}
