package io.daxflux.extent;

import org.jspecify.annotations.Nullable;

/**
 * A run of blocks, owned or free. All extents of a space form one list in the order of their blocks
 * and tile it without gaps, so that the neighbours of a run are one step away: that is how free
 * runs join, how a chunk is laid behind its predecessor, and how eviction makes a run.
 *
 * <p>Changed only by its {@link ExtentSpace}; not thread-safe.
 *
 * @param <T> what owns an extent
 */
public final class Extent<T> {
  final long firstBlock;
  long blocks;
  @Nullable T owner;

  /** What must be over before these blocks are used anew. */
  long usableAfter;

  @Nullable Extent<T> previous;
  @Nullable Extent<T> next;

  Extent(long firstBlock, long blocks, @Nullable T owner) {
    this.firstBlock = firstBlock;
    this.blocks = blocks;
    this.owner = owner;
  }

  /** The run's first block. */
  public long firstBlock() {
    return firstBlock;
  }

  /** How many blocks it has. */
  public long blocks() {
    return blocks;
  }

  /** Who owns it; null where it is free. */
  public @Nullable T owner() {
    return owner;
  }

  /** Whether nobody owns it. */
  public boolean isFree() {
    return owner == null;
  }

  /**
   * The newest of the events, numbered by the space's owner, that must be over before these blocks
   * are used anew; 0 for none.
   */
  public long usableAfter() {
    return usableAfter;
  }

  /** The extent right before this one; null at the start of the space. */
  public @Nullable Extent<T> previous() {
    return previous;
  }

  /** The extent right behind this one; null at the end of the space. */
  public @Nullable Extent<T> next() {
    return next;
  }

  /** The block behind the last one. */
  public long endBlock() {
    return firstBlock + blocks;
  }

  @Override
  public String toString() {
    return "Extent[" + firstBlock + "+" + blocks + (isFree() ? ", free]" : ", " + owner + "]");
  }
}
