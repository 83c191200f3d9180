package io.daxflux.perf.report;

import static io.daxflux.perf.report.Goal.atLeast;

import io.daxflux.perf.ground.ChunkSize;
import java.util.ArrayList;
import java.util.List;

/** What puts and verified restores were to reach. */
final class PutGoals {
  private static final String CHUNK = ChunkSize.MIB_40.name();

  private final Lookup found;

  PutGoals(Lookup found) {
    this.found = found;
  }

  List<Goal> all() {
    List<Goal> goals = new ArrayList<>();
    String jvm = "floor: JVM copy";
    goals.add(put("no checksum: share of the JVM's copy", 0.9, ", checksum: false", jvm));
    goals.add(put("with checksum: share of the JVM's copy", 0.6, "", jvm));
    goals.add(
        put(
            "with checksum, native engine: share of the copy in C",
            0.75,
            ", native",
            "floor: C, non-temporal"));
    for (Copying copying : Copying.values()) {
      goals.add(
          atLeast(
              copying.pick(0.6, 0.8),
              "verified restore, 40 MiB, " + copying + ": share of an unverified one",
              found.ratio(
                  verified("verify: always", "verified restore", copying),
                  verified("verify: never", "unverified restore", copying))));
    }
    return goals;
  }

  private Goal put(String name, double least, String suffix, String floor) {
    return atLeast(
        least,
        "put, 40 MiB, " + name + ", 2 threads",
        found.ratio(
            Key.of("daxflux putAll" + suffix, "put").chunk(CHUNK).threads(2),
            Key.of(floor, "put").chunk(CHUNK).threads(2)));
  }

  private static Key verified(String policy, String work, Copying copying) {
    return Key.of(copying.name("daxflux restoreAll, " + policy), work).chunk(CHUNK);
  }
}
