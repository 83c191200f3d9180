package io.daxflux.reactive.outcome;

import org.jspecify.annotations.Nullable;

/**
 * A store that is served elsewhere could not be asked, or has said something that is understood
 * there and not here. What becomes of a request that was under way when its connection was lost is
 * not known: a put may have been stored.
 */
public final class RemoteException extends StoreException {
  private static final long serialVersionUID = 1L;

  private RemoteException(Category category, String message, @Nullable Throwable cause) {
    super(category, message, cause);
  }

  /** There is no connection, or no longer. The next request connects again. */
  public static RemoteException lost(String server, String why, @Nullable Throwable cause) {
    return new RemoteException(
        Category.RETRY, "connection to " + server + ": expected it to last, found " + why, cause);
  }

  /** The server does not serve this client: another secret, another version. */
  public static RemoteException refused(String server, String why) {
    return new RemoteException(
        Category.REOPEN, "connection to " + server + ": expected to be let in, found " + why, null);
  }

  /** An error that this version does not know, under the category that the server gave it. */
  public static RemoteException unknown(Category category, String message) {
    return new RemoteException(category, message, null);
  }
}
