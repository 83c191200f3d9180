package io.daxflux.reactive.outcome;

/** The request names more keys than one may. */
public final class RequestTooLargeException extends StoreException {
  private static final long serialVersionUID = 1L;

  private final int keys;
  private final int limit;

  /** Says how many, and how many there may be. */
  public RequestTooLargeException(int keys, int limit) {
    super(
        Category.ASK_LESS,
        "request: expected at most " + limit + " keys (dax.max_request_keys), found " + keys,
        null);
    this.keys = keys;
    this.limit = limit;
  }

  /** How many it named. */
  public int keys() {
    return keys;
  }

  /** How many it may name. */
  public int limit() {
    return limit;
  }
}
