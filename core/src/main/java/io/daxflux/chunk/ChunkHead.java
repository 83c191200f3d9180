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
 */
public record ChunkHead(
    ChunkKey key, ChunkLayout layout, Attributes attributes, @Nullable ChunkKey predecessor) {
  /** Checks that there is all there has to be. */
  public ChunkHead {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(attributes, "attributes");
  }

  /** A chunk of this name and layout, without attributes and wherever there is room. */
  public static ChunkHead of(ChunkKey key, ChunkLayout layout) {
    return new ChunkHead(key, layout, Attributes.NONE, null);
  }

  /** The same with these attributes. */
  public ChunkHead withAttributes(Attributes opaque) {
    return new ChunkHead(key, layout, opaque, predecessor);
  }

  /** The same, to lie right behind this chunk if that can be had; null for anywhere. */
  public ChunkHead after(@Nullable ChunkKey before) {
    return new ChunkHead(key, layout, attributes, before);
  }
}
