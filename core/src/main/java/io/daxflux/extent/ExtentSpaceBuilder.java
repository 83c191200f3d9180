package io.daxflux.extent;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds a space of which it is known what lies where. Extents are added in the order of their
 * blocks; what lies between them is free. Takes time in proportion to their number, and the
 * logarithm of the number of free runs.
 *
 * <p>Not thread-safe; of no use after {@link #build()}.
 *
 * @param <E> an extent, or whatever lies in one
 */
public final class ExtentSpaceBuilder<E> {
  private final long blocks;
  private final ExtentLinks<E> links;
  private @Nullable E first;
  private @Nullable E last;
  private final List<FreeRun<E>> free = new ArrayList<>();
  private long endBlock;

  /**
   * A space in which all is free so far.
   *
   * @param blocks how many blocks it has, at least 1
   */
  public ExtentSpaceBuilder(long blocks, ExtentLinks<E> links) {
    ExtentSpace.checkBlocks(blocks);
    this.blocks = blocks;
    this.links = links;
  }

  /** The same for extents that lie in no other space. */
  public static ExtentSpaceBuilder<Extent> of(long blocks) {
    return new ExtentSpaceBuilder<>(blocks, Extent.LINKS);
  }

  /**
   * Adds an extent, which lies nowhere yet, behind all that were added before.
   *
   * @throws IllegalArgumentException where it begins before the end of the last one, is empty, or
   *     reaches beyond the space
   */
  public void add(long firstBlock, E extent) {
    long length = links.blocks(extent);
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
    addFree(firstBlock);
    if (last == null) {
      first = extent;
    } else {
      links.setNext(last, extent);
      links.setPrevious(extent, last);
    }
    links.setFirstBlock(extent, firstBlock);
    last = extent;
    endBlock = firstBlock + length;
  }

  /** The space. */
  public ExtentSpace<E> build() {
    addFree(blocks);
    return new ExtentSpace<>(blocks, links, first, free);
  }

  /** What lies behind the last extent is free up to this block. */
  private void addFree(long block) {
    if (block > endBlock) {
      free.add(new FreeRun<>(endBlock, block - endBlock, last, 0));
    }
  }
}
