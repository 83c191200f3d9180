package io.daxflux.chunk;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that is said of a chunk before its bytes: what a store must know to find a place for it.
 * Immutable.
 *
 * @param key the chunk's name
 * @param layout what its bytes mean, and how many there are
 * @param attributes the opaque bytes that travel with it
 * @param predecessor the chunk right behind which it would best lie, so that both are read as one
 *     span: a hint, without effect where there is no room; null for none
 * @param expiresAtMs when it is to be forgotten, in milliseconds of the epoch, at most {@link
 *     #MOST_EXPIRES_AT_MS}; {@link #NEVER} for never
 */
public record ChunkHead(
    ChunkKey key,
    ChunkLayout layout,
    Attributes attributes,
    @Nullable ChunkKey predecessor,
    long expiresAtMs) {
  /** In place of a time: the chunk does not expire. */
  public static final long NEVER = 0;

  /** The latest expiry there can be, in milliseconds of the epoch. */
  public static final long MOST_EXPIRES_AT_MS = (1L << 48) - 1;

  /** Checks that there is all there has to be. */
  public ChunkHead {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(attributes, "attributes");
    requireExpiry(expiresAtMs);
  }

  /** A chunk of this name and layout, without attributes and wherever there is room. */
  public static ChunkHead of(ChunkKey key, ChunkLayout layout) {
    return new ChunkHead(key, layout, Attributes.NONE, null, NEVER);
  }

  /** The same with these attributes. */
  public ChunkHead withAttributes(Attributes opaque) {
    return new ChunkHead(key, layout, opaque, predecessor, expiresAtMs);
  }

  /** The same, to lie right behind this chunk if that can be had; null for anywhere. */
  public ChunkHead after(@Nullable ChunkKey before) {
    return new ChunkHead(key, layout, attributes, before, expiresAtMs);
  }

  /** The same, to be forgotten at this time, in milliseconds of the epoch. */
  public ChunkHead expiringAt(long epochMs) {
    return new ChunkHead(key, layout, attributes, predecessor, epochMs);
  }

  /**
   * Checks a time.
   *
   * @throws IllegalArgumentException where it is not {@link #NEVER} to {@link #MOST_EXPIRES_AT_MS}
   */
  public static void requireExpiry(long expiresAtMs) {
    if (expiresAtMs < NEVER || expiresAtMs > MOST_EXPIRES_AT_MS) {
      throw new IllegalArgumentException(
          "expiry: expected 0 to 2^48 - 1 milliseconds of the epoch, found " + expiresAtMs);
    }
  }
}
