package io.daxflux.perf.work;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.perf.floor.BareHop;
import io.daxflux.perf.floor.JvmCopy;
import io.daxflux.perf.floor.Span;
import io.daxflux.perf.ground.Arrangement;
import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.ChunkSize;
import io.daxflux.perf.ground.Document;
import io.daxflux.perf.ground.Ground;
import io.daxflux.perf.ground.Payload;
import io.daxflux.perf.ground.ScratchFolder;
import io.daxflux.perf.race.Spread;
import io.daxflux.perf.report.Row;
import io.daxflux.reactive.outcome.RestoredBatch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * One chunk of 64 KiB, asked for and waited for by {@code block()}, beside the least that such a
 * request can cost: a hop through a Disruptor and back, and the copy. Back to back: of each turn
 * only the last is checked, as whoever checks lets all other threads fall asleep.
 *
 * @param hits how often
 */
public record HitWork(int hits) {
  private static final ChunkSize CHUNK = ChunkSize.KIB_64;
  private static final String WORK = "single hit";
  private static final String UNIT = "µs";
  private static final int DOCUMENTS = 16;
  private static final int IN_TURN = 500;
  private static final int MOST_WARM_UP = 20_000;
  private static final double NS_PER_US = 1e3;

  /** Runs it where other parts ran before. */
  static List<Row> afterOtherParts(int hits) {
    return new HitWork(hits)
        .run().stream().map(row -> row.suffixed(", after other parts")).toList();
  }

  /** Runs it. */
  public List<Row> run() {
    try (ScratchFolder folder = new ScratchFolder();
        Ground ground =
            new Ground(
                folder,
                Document.several(DOCUMENTS, Document.CHUNKS, CHUNK),
                Arrangement.CONTIGUOUS,
                2);
        Arena arena = Arena.ofShared();
        BareHop hop = new BareHop()) {
      List<Chunk> chunks = chunks(ground);
      MemorySegment output = arena.allocate(CHUNK.bytes(), 4096);
      Histogram ours = new Histogram(3);
      Histogram bare = new Histogram(3);
      for (int done = -Math.min(hits, MOST_WARM_UP); done < hits; done += IN_TURN) {
        if (done == 0) {
          ours.reset();
          bare.reset();
        }
        for (int i = 0; i < IN_TURN; i++) {
          hit(ground, chunk(chunks, done + i), i == IN_TURN - 1, ours);
        }
        for (int i = 0; i < IN_TURN; i++) {
          bare.recordValue(hop(hop, chunk(chunks, done + i), output));
        }
        check(chunk(chunks, done + IN_TURN - 1), output);
      }
      return List.of(row("bare Disruptor hop and copy", bare), row("daxflux restoreAll", ours));
    }
  }

  private record Chunk(ChunkKey key, Payload payload, MemorySegment source) {}

  private static List<Chunk> chunks(Ground ground) {
    List<Chunk> chunks = new ArrayList<>();
    for (Document document : ground.documents()) {
      Ask ask = Ask.whole(document);
      for (int i = 0; i < ask.chunks(); i++) {
        chunks.add(new Chunk(ask.keys().get(i), ask.payload(i), ground.sources(ask).get(i)));
      }
    }
    return chunks;
  }

  private static Chunk chunk(List<Chunk> chunks, int number) {
    return chunks.get(Math.floorMod(number, chunks.size()));
  }

  private static void hit(Ground ground, Chunk chunk, boolean check, Histogram ns) {
    List<ChunkKey> key = List.of(chunk.key);
    long startNs = System.nanoTime();
    RestoredBatch batch = ground.store().restoreAll(key).block();
    ns.recordValue(System.nanoTime() - startNs);
    if (check) {
      check(chunk, batch.hits().getFirst().segment());
    }
    batch.close();
  }

  private static long hop(BareHop hop, Chunk chunk, MemorySegment output) {
    JvmCopy copy = new JvmCopy();
    long startNs = System.nanoTime();
    hop.thereAndBack();
    copy.copy(new Span(chunk.source, output));
    return System.nanoTime() - startNs;
  }

  private static void check(Chunk chunk, MemorySegment found) {
    if (chunk.payload.mismatch(found) >= 0) {
      throw new IllegalStateException(chunk.key + ": expected the bytes that were put");
    }
  }

  private static Row row(String system, Histogram ns) {
    Spread spread =
        new Spread(
            (int) ns.getTotalCount(),
            ns.getMinValue() / NS_PER_US,
            ns.getValueAtPercentile(25) / NS_PER_US,
            ns.getValueAtPercentile(50) / NS_PER_US,
            ns.getValueAtPercentile(75) / NS_PER_US,
            ns.getValueAtPercentile(99) / NS_PER_US,
            ns.getMaxValue() / NS_PER_US);
    return Row.plain(system, WORK, CHUNK.name(), CHUNK.bytes(), 1, 1, UNIT, spread);
  }

  /** A hit that cannot be measured, and why. */
  static Row absent(String system, String reason) {
    return Row.absent(system, WORK, CHUNK.name(), CHUNK.bytes(), UNIT, reason);
  }
}
