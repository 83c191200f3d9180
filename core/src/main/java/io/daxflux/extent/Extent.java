package io.daxflux.extent;

import org.jspecify.annotations.Nullable;

/**
 * A run of blocks that is owned, for those that lie in one space only.
 *
 * <p>Changed only by its {@link ExtentSpace}; not thread-safe.
 */
public final class Extent {
  private final long blocks;
  private long firstBlock = ExtentLinks.NOWHERE;
  private @Nullable Extent previous;
  private @Nullable Extent next;

  /** An extent of so many blocks, which lies nowhere yet. */
  public Extent(long blocks) {
    this.blocks = blocks;
  }

  /** The run's first block; {@link ExtentLinks#NOWHERE} where it lies in no space. */
  public long firstBlock() {
    return firstBlock;
  }

  /** How many blocks it has. */
  public long blocks() {
    return blocks;
  }

  @Override
  public String toString() {
    return "Extent[" + firstBlock + "+" + blocks + "]";
  }

  /** The links of a space of such extents. */
  static final ExtentLinks<Extent> LINKS =
      new ExtentLinks<>() {
        @Override
        public long blocks(Extent extent) {
          return extent.blocks;
        }

        @Override
        public long firstBlock(Extent extent) {
          return extent.firstBlock;
        }

        @Override
        public @Nullable Extent previous(Extent extent) {
          return extent.previous;
        }

        @Override
        public @Nullable Extent next(Extent extent) {
          return extent.next;
        }

        @Override
        public void setFirstBlock(Extent extent, long firstBlock) {
          extent.firstBlock = firstBlock;
        }

        @Override
        public void setPrevious(Extent extent, @Nullable Extent previous) {
          extent.previous = previous;
        }

        @Override
        public void setNext(Extent extent, @Nullable Extent next) {
          extent.next = next;
        }
      };
}
