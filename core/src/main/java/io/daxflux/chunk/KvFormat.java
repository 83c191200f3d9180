package io.daxflux.chunk;

/**
 * How a tensor's dimensions are to be read, after LMCache's memory formats. The store carries the
 * format and never acts on it; formats that are not listed here travel as {@link #UNDEFINED} with
 * their own code in the chunk's attributes.
 */
public enum KvFormat {
  /** Nothing is said. */
  UNDEFINED,
  /** {@code [2, layers, tokens, hidden]}. */
  KV_2LTD,
  /** {@code [tokens, 2, hidden]}. */
  KV_T2D,
  /** {@code [2, tokens, hidden]}. */
  KV_2TD,
  /** {@code [bytes]}: an opaque blob. */
  BINARY,
  /** {@code [bytes]}: an opaque blob in a buffer of its own. */
  BINARY_BUFFER,
  /** {@code [1, layers, tokens, latent]}: multi-head latent attention, one latent per token. */
  KV_MLA
}
