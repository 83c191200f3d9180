package io.daxflux.perf.report;

import static io.daxflux.perf.report.Goal.atMost;

import io.daxflux.perf.ground.ChunkSize;
import java.util.List;

/** What requests, entries and stores were to cost. */
final class CostGoals {
  private static final String HUNDRED_THOUSAND = "100,000 entries";
  private static final String TEN_MILLION = "10,000,000 entries";

  private final Lookup found;

  CostGoals(Lookup found) {
    this.found = found;
  }

  List<Goal> all() {
    return List.of(
        atMost(
            2,
            "single hit of 64 KiB, p50: times a bare hop and the copy",
            found.ratio(
                Key.of("daxflux restoreAll", "single hit"),
                Key.of("bare Disruptor hop and copy", "single hit"))),
        atMost(
            150,
            "borrow of a verified prefix of 1,000, index of 10^5, µs",
            found.figure(
                Key.of("daxflux, 512 bytes a chunk", "borrow of 1,000 chunks")
                    .chunk(HUNDRED_THOUSAND))),
        atMost(
            500,
            "lookup of 1,000 keys, index of 10^7, µs",
            found.figure(Key.of("daxflux", "lookup of 1,000 keys").chunk(TEN_MILLION))),
        atMost(
            160,
            "memory of an entry with a key of 32 bytes and an empty chunk, of 10^7, bytes",
            found.sum(
                Key.of("daxflux", "heap for an entry").chunk(TEN_MILLION),
                Key.of("daxflux", "off-heap for an entry").chunk(TEN_MILLION))),
        atMost(
            2048,
            "garbage of a restored 40 MiB chunk, bytes",
            found.figure(Key.of("daxflux restoreAll", "garbage").chunk(ChunkSize.MIB_40.name()))),
        atMost(
            1000,
            "start with an empty store, AOT cache, ms",
            found.figure(Key.of("daxflux, AOT cache", "start with an empty store"))));
  }
}
