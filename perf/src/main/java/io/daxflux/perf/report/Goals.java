package io.daxflux.perf.report;

import static io.daxflux.perf.report.Goal.atLeast;
import static io.daxflux.perf.report.Goal.atMost;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What was aimed at, and what a run found: each goal one line, reached or not. */
final class Goals {
  private static final String CONTIGUOUS = "contiguous";
  private static final String FRAGMENTED = "fragmented";
  private static final String RESTORE = "restore";
  private static final String JVM_FLOOR = "floor: JVM copy";
  private static final String NATIVE_FLOOR = "floor: C, non-temporal";
  private static final String STAGED = "LMCache #2904";
  private static final String HUNDRED_THOUSAND = "100,000 entries";
  private static final String TEN_MILLION = "10,000,000 entries";
  private static final List<String> PEERS =
      List.of("RocksDB (BlobDB)", "LMDB", "Chronicle Map", "Redis 7 (Lettuce, loopback)");

  private final Lookup found;

  Goals(Lookup found) {
    this.found = found;
  }

  /** The table; goals of which this run says nothing are left out. */
  Grid table() {
    Grid grid = new Grid("goal");
    for (Goal goal : all()) {
      goal.found()
          .ifPresent(
              value -> {
                grid.put(goal.name(), "aimed at", goal.aim());
                grid.put(goal.name(), "found", Cells.number(value));
                grid.put(goal.name(), "", goal.isReached() ? "reached" : "**missed**");
              });
    }
    return grid;
  }

  private List<Goal> all() {
    List<Goal> goals = new ArrayList<>();
    restores(goals);
    small(goals);
    latency(goals);
    puts(goals);
    callers(goals);
    peers(goals);
    served(goals);
    return goals;
  }

  private void restores(List<Goal> goals) {
    for (Copying copying : Copying.values()) {
      goals.add(
          atLeast(
              0.95,
              "restore of 40 MiB chunks, " + copying + ", share of its floor",
              share(copying.system, copying.floor, "40 MiB", CONTIGUOUS, 2)));
    }
    for (String chunk : List.of("40 MiB", "1 MiB")) {
      goals.add(
          atLeast(
              0.9,
              "native engine, " + chunk + " chunks, share of C with non-temporal stores",
              share(Copying.NATIVE.system, NATIVE_FLOOR, chunk, CONTIGUOUS, 2)));
    }
    staged(goals, Copying.JVM, 2.3, 3.5, 1.2);
    staged(goals, Copying.NATIVE, 2.7, 3.8, 1.8);
  }

  private void staged(List<Goal> goals, Copying copying, double... leads) {
    List<String> chunks = List.of("40 MiB", "1 MiB", "64 KiB");
    for (int i = 0; i < chunks.size(); i++) {
      goals.add(
          atLeast(
              leads[i],
              "times the staged path of #2904, " + copying + ", " + chunks.get(i) + " chunks",
              share(copying.system, STAGED, chunks.get(i), CONTIGUOUS, 2)));
    }
  }

  private void small(List<Goal> goals) {
    for (int threads = 1; threads <= 2; threads++) {
      String of = threads == 1 ? "one thread" : "two threads";
      goals.add(
          atLeast(
              0.85,
              "64 KiB chunks, contiguous, share of one copy of their total by " + of,
              found.ratio(
                  restored(Copying.JVM.system, "64 KiB", CONTIGUOUS, 2),
                  restored(JVM_FLOOR, "64 KiB", CONTIGUOUS, threads))));
    }
    for (int threads = 1; threads <= 2; threads++) {
      String of = threads == 1 ? "one thread" : "two threads";
      goals.add(
          atLeast(
              0.8,
              "64 KiB chunks, fragmented, share of copies of 64 KiB by " + of,
              found.ratio(
                  restored(Copying.JVM.system, "64 KiB", FRAGMENTED, 2),
                  restored(JVM_FLOOR, "64 KiB", FRAGMENTED, threads))));
    }
  }

  private void latency(List<Goal> goals) {
    for (String where : List.of("", ", one processor")) {
      goals.add(
          atMost(
              2,
              "single hit of 64 KiB" + where + ", p50, times a bare hop and the copy",
              found.ratio(
                  Key.of("daxflux restoreAll" + where, "single hit"),
                  Key.of("bare Disruptor hop and copy" + where, "single hit"))));
    }
    goals.add(
        atMost(
            150,
            "borrow of a verified prefix of 1,000, index of 10^5, µs",
            found.median(Key.of("daxflux", "borrow of 1,000 chunks").chunk(HUNDRED_THOUSAND))));
    goals.add(
        atMost(
            500,
            "lookup of 1,000 keys, index of 10^7, µs",
            found.median(Key.of("daxflux", "lookup of 1,000 keys").chunk(TEN_MILLION))));
    goals.add(
        atMost(
            160,
            "memory of an entry with a key of 32 bytes, of 10^7, bytes",
            found.sum(
                Key.of("daxflux", "heap for an entry").chunk(TEN_MILLION),
                Key.of("daxflux", "off-heap for an entry").chunk(TEN_MILLION))));
    goals.add(
        atMost(
            2048,
            "garbage of a restored 40 MiB chunk, bytes",
            found.median(Key.of("daxflux restoreAll", "garbage").chunk("40 MiB"))));
    goals.add(
        atMost(
            1000,
            "start with an empty store, AOT cache, ms",
            found.median(Key.of("daxflux, AOT cache", "start with an empty store"))));
  }

  private void puts(List<Goal> goals) {
    goals.add(put("no checksum, share of the floor", 0.9, ", checksum: false", JVM_FLOOR));
    goals.add(put("with checksum, share of the floor", 0.6, "", JVM_FLOOR));
    goals.add(put("with checksum, native, share of its floor", 0.75, ", native", NATIVE_FLOOR));
    for (Copying copying : Copying.values()) {
      goals.add(
          atLeast(
              copying == Copying.JVM ? 0.6 : 0.8,
              "verified restore, 40 MiB, " + copying + ", share of an unverified one",
              found.share(verified(copying))));
    }
  }

  private Goal put(String name, double least, String suffix, String floor) {
    Key ours = Key.of("daxflux putAll" + suffix, "put").chunk("40 MiB").threads(2);
    Key its = Key.of(floor, "put").chunk("40 MiB").threads(2);
    return atLeast(least, "put, 40 MiB, " + name, found.ratio(ours, its));
  }

  private static Key verified(Copying copying) {
    String suffix = copying == Copying.NATIVE ? ", native" : "";
    return Key.of("daxflux restoreAll, verify: always" + suffix, "verified restore")
        .chunk("40 MiB");
  }

  private void callers(List<Goal> goals) {
    Key one = restored(Copying.JVM.system, "1 MiB", CONTIGUOUS, 2);
    goals.add(
        atLeast(
            0.95,
            "eight callers, 1 MiB chunks, times one caller",
            found.ratio(one.callers(8), one)));
    goals.add(
        atMost(
            1.5,
            "eight callers, slowest, times the mean",
            found.median(Key.of(Copying.JVM.system, "slowest caller").chunk("1 MiB").callers(8))));
  }

  /** The least lead over a peer, over all sizes. */
  private void peers(List<Goal> goals) {
    for (Copying copying : Copying.values()) {
      for (String peer : PEERS) {
        OptionalDouble least =
            Stream.of("40 MiB", "32 MiB", "17.16 MiB", "1 MiB", "256 KiB", "64 KiB")
                .map(chunk -> share(copying.system, peer, chunk, CONTIGUOUS, 2))
                .flatMapToDouble(OptionalDouble::stream)
                .min();
        goals.add(
            atLeast(
                1,
                String.format(Locale.ROOT, "least lead over %s, %s, times", peer, copying),
                least));
      }
    }
  }

  private void served(List<Goal> goals) {
    for (String size : List.of("64 KiB", "1 MiB", "16 MiB")) {
      for (String command : List.of("GET", "SET")) {
        goals.add(
            atLeast(
                1,
                command + " of " + size + " over loopback, times Redis",
                served(size, "served " + command)));
      }
    }
    for (String size : List.of("1 MiB", "16 MiB")) {
      goals.add(
          atMost(
              Math.floor(1000 / 1.3) / 1000,
              "server's CPU for GET of " + size + ", share of Redis's",
              served(size, "served GET, server's CPU")));
    }
  }

  private OptionalDouble served(String size, String work) {
    return found.ratio(
        Key.of("daxflux RESP", work).chunk(size).callers(4),
        Key.of("Redis 7", work).chunk(size).callers(4));
  }

  private OptionalDouble share(
      String system, String other, String chunk, String layout, int threads) {
    return found.ratio(
        restored(system, chunk, layout, threads), restored(other, chunk, layout, threads));
  }

  private static Key restored(String system, String chunk, String layout, int threads) {
    return Key.of(system, RESTORE).chunk(chunk).layout(layout).threads(threads);
  }

  /** The two engines, as the tables call what they run. */
  private enum Copying {
    JVM("JVM engine", "daxflux restoreAll", JVM_FLOOR),
    NATIVE("native engine", "daxflux restoreAll, native", NATIVE_FLOOR);

    private final String label;
    private final String system;
    private final String floor;

    Copying(String label, String system, String floor) {
      this.label = label;
      this.system = system;
      this.floor = floor;
    }

    @Override
    public String toString() {
      return label;
    }
  }
}
