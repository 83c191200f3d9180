package io.daxflux.extent;

import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of a space, as it is seen from outside.
 *
 * @param owner what lies there; null where it is free
 */
public record Tile<E>(long firstBlock, long blocks, E owner) {
  /** All of a space, without gaps. */
  public static <E> List<Tile<E>> of(ExtentSpace<E> space) {
    List<Tile<E>> tiles = new ArrayList<>();
    E before = null;
    long end = 0;
    for (E extent = space.behind(null); extent != null; extent = space.behind(extent)) {
      if (space.before(extent) != before) {
        throw new AssertionError(extent + " does not know the one before it, " + before);
      }
      end = addFree(tiles, end, space.blocksBetween(before, extent));
      long blocks = space.blocks() - end - space.blocksBetween(extent, null);
      tiles.add(new Tile<>(end, blocks, extent));
      end += blocks;
      before = extent;
    }
    addFree(tiles, end, space.blocksBetween(before, null));
    return tiles;
  }

  private static <E> long addFree(List<Tile<E>> tiles, long firstBlock, long blocks) {
    if (blocks > 0) {
      tiles.add(new Tile<>(firstBlock, blocks, null));
    }
    return firstBlock + blocks;
  }

  /** Whether nobody owns it. */
  public boolean isFree() {
    return owner == null;
  }

  /** The block behind the last one. */
  public long endBlock() {
    return firstBlock + blocks;
  }
}
