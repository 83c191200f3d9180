package io.daxflux.media;

import io.daxflux.extent.Extent;
import io.daxflux.extent.ExtentSpace;
import io.daxflux.extent.ExtentSpaceBuilder;
import java.util.Comparator;
import java.util.List;

/**
 * How a space of blocks or units is used.
 *
 * @param total how many there are
 * @param free how many of them are free
 * @param freeRuns in how many runs those lie
 * @param largestFreeRun how long the longest of these is
 */
public record Usage(long total, long free, int freeRuns, long largestFreeRun) {
  static Usage of(long total, List<UnitRange> used) {
    ExtentSpaceBuilder<Extent> builder = ExtentSpaceBuilder.of(total);
    used.stream()
        .sorted(Comparator.comparingLong(UnitRange::first))
        .forEach(run -> builder.add(run.first(), new Extent(run.units())));
    ExtentSpace<Extent> space = builder.build();
    return new Usage(total, space.freeBlocks(), space.freeRuns(), space.largestRun());
  }

  String describe(String what) {
    return "%d of %d %s used (%.1f %%), %d free in %d runs, the longest of %d"
        .formatted(
            total - free,
            total,
            what,
            100.0 * (total - free) / total,
            free,
            freeRuns,
            largestFreeRun);
  }
}
