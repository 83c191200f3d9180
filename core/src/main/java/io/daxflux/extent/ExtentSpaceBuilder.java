package io.daxflux.extent;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds a space of which it is known who owns what. Owned extents are added in the order of
 * their blocks; what lies between them is free. Takes time in proportion to their number, and the
 * logarithm of the number of free runs.
 *
 * <p>Not thread-safe; of no use after {@link #build()}.
 *
 * @param <T> what owns an extent
 */
public final class ExtentSpaceBuilder<T> {
  private final long blocks;
  private @Nullable Extent<T> first;
  private @Nullable Extent<T> last;
  private long endBlock;

  /**
   * A space in which all is free so far.
   *
   * @param blocks how many blocks it has, at least 1
   */
  public ExtentSpaceBuilder(long blocks) {
    ExtentSpace.checkBlocks(blocks);
    this.blocks = blocks;
  }

  /**
   * Adds an extent behind all that were added before.
   *
   * @return the extent, which belongs to the space as soon as that is built
   * @throws IllegalArgumentException where it begins before the end of the last one, is empty, or
   *     reaches beyond the space
   */
  public Extent<T> add(long firstBlock, long length, T owner) {
    Objects.requireNonNull(owner, "owner");
    if (firstBlock < endBlock || length < 1 || length > blocks - firstBlock) {
      throw new IllegalArgumentException(
          "extent: expected at least 1 block from "
              + endBlock
              + " on, before "
              + blocks
              + ", found "
              + length
              + " from "
              + firstBlock
              + " on");
    }
    if (firstBlock > endBlock) {
      append(new Extent<>(endBlock, firstBlock - endBlock, null));
    }
    Extent<T> extent = new Extent<>(firstBlock, length, owner);
    append(extent);
    return extent;
  }

  /** The space. */
  public ExtentSpace<T> build() {
    if (endBlock < blocks) {
      append(new Extent<>(endBlock, blocks - endBlock, null));
    }
    return new ExtentSpace<>(blocks, Objects.requireNonNull(first));
  }

  private void append(Extent<T> extent) {
    if (last == null) {
      first = extent;
    } else {
      last.next = extent;
      extent.previous = last;
    }
    last = extent;
    endBlock = extent.endBlock();
  }
}
