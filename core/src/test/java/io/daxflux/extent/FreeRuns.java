package io.daxflux.extent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Spaces with given free runs, one owned block between two of them. */
final class FreeRuns {
  private FreeRuns() {}

  static ExtentSpace<String> of(long... runs) {
    ExtentSpace<String> space = new ExtentSpace<>(Arrays.stream(runs).sum() + runs.length);
    List<Extent<String>> gaps = new ArrayList<>();
    for (long run : runs) {
      gaps.add(space.allocate(run, "gap"));
      space.allocate(1, "wall");
    }
    gaps.forEach(space::free);
    return space;
  }

  static List<Long> lengths(ExtentSpace<?> space) {
    List<Long> lengths = new ArrayList<>();
    space.forEach(
        extent -> {
          if (extent.isFree()) {
            lengths.add(extent.blocks());
          }
        });
    return lengths;
  }

  static List<String> layout(ExtentSpace<?> space) {
    List<String> extents = new ArrayList<>();
    space.forEach(extent -> extents.add(extent.toString()));
    return extents;
  }
}
