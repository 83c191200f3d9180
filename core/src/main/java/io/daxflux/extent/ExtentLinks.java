package io.daxflux.extent;

import org.jspecify.annotations.Nullable;

/**
 * Where extents keep their place in a space: in themselves. So an extent costs no object of its
 * own, and what lies in two spaces has two kinds of links. Only the space sets them.
 *
 * @param <E> an extent, or whatever lies in one
 */
public interface ExtentLinks<E> {
  /** The first block of what lies nowhere. */
  long NOWHERE = -1;

  /** How many blocks it takes, at least 1; does not change while it lies in the space. */
  long blocks(E extent);

  /** Where it lies; {@link #NOWHERE} before it was placed and after it was freed. */
  long firstBlock(E extent);

  /** The nearest extent before it; null for none. */
  @Nullable E previous(E extent);

  /** The nearest extent behind it; null for none. */
  @Nullable E next(E extent);

  /** Sets its first block. */
  void setFirstBlock(E extent, long firstBlock);

  /** Sets the nearest extent before it. */
  void setPrevious(E extent, @Nullable E previous);

  /** Sets the nearest extent behind it. */
  void setNext(E extent, @Nullable E next);
}
