package io.daxflux.net.resp;

/**
 * What Redis clients may do.
 *
 * @param flushAllowed whether FLUSHDB removes all chunks; it is an unknown command otherwise
 */
public record RespOptions(boolean flushAllowed) {
  /** Nobody may remove all chunks at once. */
  public static final RespOptions DEFAULTS = new RespOptions(false);

  /** The same, with or without FLUSHDB. */
  public RespOptions withFlush(boolean allowed) {
    return new RespOptions(allowed);
  }
}
