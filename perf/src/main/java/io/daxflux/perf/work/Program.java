package io.daxflux.perf.work;

import io.daxflux.perf.ground.Arrangement;
import io.daxflux.perf.ground.ChunkSize;
import io.daxflux.perf.report.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** All that a run measures, in order. */
public final class Program {
  private static final int WORKERS = 2;
  private static final int CALLERS = 8;

  /** One block of an index of many. */
  private static final int SMALL_BYTES = 512;

  private static final List<ChunkSize> SOME =
      List.of(ChunkSize.MIB_40, ChunkSize.MIB_1, ChunkSize.KIB_64);

  private final Effort effort;
  private final Slabs slabs = new Slabs();
  private final List<Item> items = new ArrayList<>();

  private Program(Effort effort) {
    this.effort = effort;
  }

  /**
   * A part of the program.
   *
   * @param name for whoever waits
   * @param onRequest whether it runs only where it is asked for by its name
   */
  public record Item(String name, Supplier<List<Row>> work, boolean onRequest) {}

  /** What a run of this effort measures. */
  public static List<Item> of(Effort effort) {
    Program program = new Program(effort);
    if (effort.isFull()) {
      program.full();
    } else {
      program.quick();
    }
    program.hugePages();
    return program.items;
  }

  private void quick() {
    SOME.forEach(chunk -> restore(chunk, Arrangement.CONTIGUOUS, WORKERS, 1, true));
    restore(ChunkSize.KIB_64, Arrangement.FRAGMENTED, WORKERS, 1, false);
    restore(ChunkSize.MIB_1, Arrangement.CONTIGUOUS, WORKERS, CALLERS, false);
    put(ChunkSize.MIB_40, false);
    verify(ChunkSize.MIB_40);
    add("single hit", () -> new HitJvmWork(20_000, false).run());
    add("single hit, one processor", () -> new HitJvmWork(10_000, true).run());
    index(100_000, 0);
    index(100_000, SMALL_BYTES);
    garbage(ChunkSize.MIB_40);
    pauses(2, 30);
    start(3, false);
  }

  private void full() {
    ChunkSize.ALL.forEach(chunk -> restore(chunk, Arrangement.CONTIGUOUS, WORKERS, 1, true));
    ChunkSize.ALL.forEach(chunk -> restore(chunk, Arrangement.FRAGMENTED, WORKERS, 1, false));
    SOME.forEach(chunk -> restore(chunk, Arrangement.CONTIGUOUS, 1, 1, false));
    SOME.forEach(chunk -> restore(chunk, Arrangement.CONTIGUOUS, WORKERS, CALLERS, true));
    add(
        "restore from memory, 40 MiB",
        () -> new MemoryWork(effort, ChunkSize.MIB_40, WORKERS).run());
    SOME.forEach(chunk -> put(chunk, true));
    SOME.forEach(this::verify);
    serve(List.of(ChunkSize.KIB_64, ChunkSize.MIB_1, ChunkSize.MIB_16));
    add("single hit", () -> new HitJvmWork(200_000, false).run());
    add("single hit, one processor", () -> new HitJvmWork(50_000, true).run());
    add("single hit, after other parts", () -> HitWork.afterOtherParts(200_000));
    for (int entries = 1000; entries <= 10_000_000; entries *= 10) {
      index(entries, 0);
    }
    index(100_000, SMALL_BYTES);
    add("arena", () -> new ArenaWork(effort).run());
    SOME.forEach(this::garbage);
    pauses(10, 100);
    start(9, true);
  }

  private void restore(
      ChunkSize chunk, Arrangement arrangement, int workers, int callers, boolean withPeers) {
    add(
        "restore, "
            + chunk
            + ", "
            + arrangement
            + ", "
            + workers
            + (workers == 1 ? " worker, " : " workers, ")
            + callers
            + (callers == 1 ? " caller" : " callers"),
        () ->
            new RestoreWork(effort, chunk, arrangement, workers, callers, withPeers, slabs).run());
  }

  private void put(ChunkSize chunk, boolean withPeers) {
    add("put, " + chunk, () -> new PutWork(effort, chunk, WORKERS, withPeers).run());
  }

  private void verify(ChunkSize chunk) {
    add("verified restore, " + chunk, () -> new VerifyWork(effort, chunk, WORKERS).run());
  }

  private void serve(List<ChunkSize> sizes) {
    add("served", () -> new ServeWork(effort, sizes).run());
  }

  private void index(int entries, int payloadBytes) {
    add(
        "index of " + entries + ", " + payloadBytes + " bytes each",
        () -> new IndexWork(entries, payloadBytes).run());
  }

  private void garbage(ChunkSize chunk) {
    add("garbage, " + chunk, () -> new GarbageWork(chunk).run());
  }

  private void pauses(int rounds, int safepoints) {
    add("time to safepoint", () -> new SafepointWork(rounds, safepoints).run());
    add("collection pauses", () -> new CollectionWork(effort).run());
  }

  private void start(int starts, boolean cached) {
    add("start", () -> new StartWork(starts, cached).run());
  }

  /** Both ways of an option: what its default rests on, and no part of the page's tables. */
  private void hugePages() {
    for (ChunkSize chunk : List.of(ChunkSize.MIB_40, ChunkSize.KIB_64)) {
      for (boolean fromFile : List.of(false, true)) {
        items.add(
            new Item(
                "huge pages, " + chunk + (fromFile ? ", file" : ", memory"),
                () -> new PagesWork(effort, chunk, WORKERS, fromFile).run(),
                true));
      }
    }
    items.add(new Item("huge pages, first touch", () -> new FirstTouchWork(7).run(), true));
  }

  private void add(String name, Supplier<List<Row>> work) {
    items.add(new Item(name, work, false));
  }
}
