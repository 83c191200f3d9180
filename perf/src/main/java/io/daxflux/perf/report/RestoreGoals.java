package io.daxflux.perf.report;

import static io.daxflux.perf.report.Goal.atLeast;
import static io.daxflux.perf.report.Goal.atMost;

import io.daxflux.perf.ground.ChunkSize;
import java.util.ArrayList;
import java.util.List;

/** What restores were to reach: of their floors, of LMCache's staged path, and of each other. */
final class RestoreGoals {
  private static final String CONTIGUOUS = "contiguous";
  private static final String FRAGMENTED = "fragmented";
  private static final List<ChunkSize> STAGED =
      List.of(ChunkSize.MIB_40, ChunkSize.MIB_1, ChunkSize.KIB_64);

  private final Lookup found;

  RestoreGoals(Lookup found) {
    this.found = found;
  }

  List<Goal> all() {
    List<Goal> goals = new ArrayList<>();
    goals.add(share(Copying.JVM, ChunkSize.MIB_40, 0.95, "the JVM's copy"));
    goals.add(share(Copying.NATIVE, ChunkSize.MIB_40, 0.95, "the best copy in C"));
    goals.add(share(Copying.NATIVE, ChunkSize.MIB_1, 0.9, "the best copy in C"));
    staged(goals, Copying.JVM, 2.3, 3.5, 1.2);
    staged(goals, Copying.NATIVE, 2.7, 3.8, 1.8);
    goals.add(
        small(CONTIGUOUS, 0.85, "64 KiB chunks, contiguous: share of one copy of the same total"));
    goals.add(small(FRAGMENTED, 0.8, "64 KiB chunks, fragmented: share of copies of 64 KiB"));
    callers(goals);
    return goals;
  }

  private Goal share(Copying copying, ChunkSize chunk, double least, String of) {
    return atLeast(
        least,
        "restore of " + chunk + " chunks, " + copying + ": share of " + of + ", 2 threads",
        found.ratioToBest(copying.restored(chunk), copying.floors(chunk, CONTIGUOUS)));
  }

  private void staged(List<Goal> goals, Copying copying, double... leads) {
    for (int i = 0; i < leads.length; i++) {
      ChunkSize chunk = STAGED.get(i);
      goals.add(
          atLeast(
              leads[i],
              "restore of " + chunk + " chunks, " + copying + ": times #2904 with its better slab",
              found.ratioToBest(
                  copying.restored(chunk),
                  Copying.restored("LMCache #2904", chunk, CONTIGUOUS),
                  Copying.restored("LMCache #2904, best slab", chunk, CONTIGUOUS))));
    }
  }

  private Goal small(String layout, double least, String name) {
    return atLeast(
        least,
        name + ", JVM's, 2 threads",
        found.ratioToBest(
            Copying.restored("daxflux restoreAll", ChunkSize.KIB_64, layout),
            Copying.JVM.floors(ChunkSize.KIB_64, layout)));
  }

  private void callers(List<Goal> goals) {
    Key one = Copying.JVM.restored(ChunkSize.MIB_1);
    goals.add(
        atLeast(
            0.95,
            "eight callers, 1 MiB chunks: times one caller",
            found.ratio(one.callers(8), one)));
    goals.add(
        atMost(
            1.5,
            "eight callers, 1 MiB chunks: the slowest, times the mean",
            found.figure(
                Key.of("daxflux restoreAll", "slowest caller")
                    .chunk(ChunkSize.MIB_1.name())
                    .callers(8))));
  }
}
