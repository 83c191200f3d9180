package io.daxflux.cli;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Restores chunks of its own again and again, in each way in turn, so that what else goes on in the
 * machine hits all of them alike. Its calls block.
 */
final class RestoreBench implements AutoCloseable {
  private final ReactiveChunkStore store;
  private final List<ChunkKey> keys;
  private final long bytes;
  private final CopyFloor floor;

  private RestoreBench(ReactiveChunkStore store, List<ChunkKey> keys, long bytes, int threads) {
    this.store = store;
    this.keys = keys;
    this.bytes = bytes;
    this.floor = new CopyFloor(threads);
  }

  /** In which way the bytes are copied. */
  enum Way {
    RESTORE_ALL("restoreAll"),
    RESTORE_PREFIX("restorePrefix"),
    FLOOR("floor");

    private final String text;

    Way(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** Stores the chunks. Throws {@link CommandFailure} where there is no room for them. */
  static RestoreBench prepare(ReactiveChunkStore store, int chunks, long chunkBytes, int threads) {
    byte[] payload = new byte[Math.toIntExact(chunkBytes)];
    new SplittableRandom(1).nextBytes(payload);
    String name = "daxflux-bench-" + UUID.randomUUID() + "-";
    List<Chunk> own = new ArrayList<>();
    for (int i = 0; i < chunks; i++) {
      own.add(Chunk.blob(ChunkKey.of(name + i), payload));
    }
    RestoreBench bench =
        new RestoreBench(
            store, own.stream().map(Chunk::key).toList(), chunks * chunkBytes, threads);
    try {
      bench.store(own);
    } catch (RuntimeException failure) {
      bench.close();
      throw failure;
    }
    return bench;
  }

  private void store(List<Chunk> own) {
    List<PutOutcome> outcomes =
        store.putAll(own, PutMode.KEEP_EXISTING).collectList().blockOptional().orElseThrow();
    outcomes.stream()
        .filter(outcome -> !outcome.isKept())
        .findFirst()
        .ifPresent(
            refused -> {
              throw new CommandFailure(
                  "expected room for " + own.size() + " chunks, found: " + refused);
            });
  }

  /** How many bytes a second each way copies, in the median of its rounds. */
  Map<Way, Double> measure(Duration time) {
    rounds(time.dividedBy(2));
    Map<Way, List<Long>> taken = rounds(time);
    Map<Way, Double> speeds = new EnumMap<>(Way.class);
    taken.forEach((way, times) -> speeds.put(way, bytes / (median(times) / 1e9)));
    return speeds;
  }

  private Map<Way, List<Long>> rounds(Duration time) {
    Map<Way, List<Long>> taken = new EnumMap<>(Way.class);
    long startNs = System.nanoTime();
    do {
      for (Way way : Way.values()) {
        taken.computeIfAbsent(way, _ -> new ArrayList<>()).add(once(way));
      }
    } while (System.nanoTime() - startNs < time.toNanos());
    return taken;
  }

  private static double median(List<Long> times) {
    Collections.sort(times);
    return times.get(times.size() / 2);
  }

  private long once(Way way) {
    return switch (way) {
      case RESTORE_ALL -> restoreAll();
      case RESTORE_PREFIX -> restorePrefix();
      case FLOOR -> copy();
    };
  }

  private long restoreAll() {
    long startNs = System.nanoTime();
    try (RestoredBatch batch = store.restoreAll(keys).blockOptional().orElseThrow()) {
      long takenNs = System.nanoTime() - startNs;
      expectAll(batch.hits().size());
      return takenNs;
    }
  }

  private long restorePrefix() {
    long startNs = System.nanoTime();
    long restored =
        store
            .restorePrefix(keys)
            .doOnNext(RestoredChunk::close)
            .count()
            .blockOptional()
            .orElseThrow();
    long takenNs = System.nanoTime() - startNs;
    expectAll(restored);
    return takenNs;
  }

  /** Between the very pages that a restore copies between. */
  private long copy() {
    try (RestoredBatch outputs = store.restoreAll(keys).blockOptional().orElseThrow();
        BorrowedPrefix sources = store.borrowPrefix(keys).blockOptional().orElseThrow()) {
      expectAll(sources.chunks().size());
      expectAll(outputs.hits().size());
      List<CopyFloor.Slice> slices = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        slices.addAll(
            CopyFloor.slices(sources.chunks().get(i).segment(), outputs.hits().get(i).segment()));
      }
      return floor.copyNs(slices);
    }
  }

  private void expectAll(long restored) {
    if (restored != keys.size()) {
      throw new CommandFailure("expected to restore " + keys.size() + " chunks, found " + restored);
    }
  }

  @Override
  public void close() {
    floor.close();
    store.removeAll(keys).block();
  }
}
