package io.daxflux.extent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Spaces with given free runs, one owned block between two of them. */
final class FreeRuns {
  private FreeRuns() {}

  static ExtentSpace<Extent> of(long... runs) {
    ExtentSpace<Extent> space = ExtentSpace.of(Arrays.stream(runs).sum() + runs.length);
    List<Extent> gaps = new ArrayList<>();
    for (long run : runs) {
      Extent gap = new Extent(run);
      space.allocate(gap);
      gaps.add(gap);
      space.allocate(new Extent(1));
    }
    gaps.forEach(space::free);
    return space;
  }

  static List<Long> lengths(ExtentSpace<?> space) {
    return Tile.of(space).stream().filter(Tile::isFree).map(Tile::blocks).toList();
  }
}
