package io.daxflux.perf.probe;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.perf.race.Samples;
import io.daxflux.perf.race.Spread;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A store of many small chunks: how long a lookup of a prefix takes, how long its borrow, and how
 * much memory an entry takes. Where chunks are empty no memory is needed but for what the store
 * itself keeps.
 *
 * <p>Its heap should be all touched when it starts, so that what the process grows by is memory off
 * the heap.
 */
public final class IndexProbe {
  private static final int KEY_BYTES = 32;
  private static final int BLOCK_BYTES = 512;
  private static final int AT_A_TIME = 8192;
  private static final int PREFIX = 1000;
  private static final int WARM_UP = 500;
  private static final int SAMPLES = 500;

  private final int entries;
  private final int payloadBytes;
  private final ReactiveChunkStore store;

  private IndexProbe(int entries, int payloadBytes) {
    this.entries = entries;
    this.payloadBytes = payloadBytes;
    this.store =
        ReactiveChunkStore.open(
                DaxfluxConfig.builder()
                    .devicePath(DaxfluxConfig.MEMORY)
                    .deviceBytes((entries + PREFIX) * (long) BLOCK_BYTES)
                    .blockBytes(BLOCK_BYTES)
                    .outputBudgetBytes(1 << 20)
                    .prefault(false)
                    .lockMemory(false)
                    .build())
            .block();
  }

  /**
   * What was found.
   *
   * @param lookupUs microseconds for 1,000 keys that were put together, as a prompt's are; for all
   *     where there are fewer
   * @param scatteredUs the same, for keys that were put at any time
   * @param borrowUs the first of the two, borrowed
   * @param heapBytes for an entry
   * @param offHeapBytes for an entry
   */
  public record Found(
      int entries,
      double fillSeconds,
      Spread lookupUs,
      Spread scatteredUs,
      Spread borrowUs,
      double heapBytes,
      double offHeapBytes) {}

  /** Measures with so many entries, of so many bytes each. */
  public static void main(String[] args) throws IOException {
    Found found = new IndexProbe(Integer.parseInt(args[0]), Integer.parseInt(args[1])).measure();
    FreshJvm.hand(found);
  }

  private Found measure() throws IOException {
    long heapBefore = usedHeapBytes();
    long residentBefore = residentBytes();
    long startNs = System.nanoTime();
    fill();
    double fillSeconds = (System.nanoTime() - startNs) / 1e9;
    double heapBytes = (usedHeapBytes() - heapBefore) / (double) entries;
    double offHeapBytes = (residentBytes() - residentBefore) / (double) entries - payloadBytes;
    verifyAll();
    Samples lookups = new Samples();
    Samples scattered = new Samples();
    Samples borrows = new Samples();
    SplittableRandom random = new SplittableRandom(3);
    for (int i = -WARM_UP; i < SAMPLES; i++) {
      double lookupUs = lookupUs(together(random));
      double scatteredUs = lookupUs(scattered(random));
      double borrowUs = borrowUs(together(random));
      if (i >= 0) {
        lookups.add(lookupUs);
        scattered.add(scatteredUs);
        borrows.add(borrowUs);
      }
    }
    store.close().block();
    return new Found(
        entries,
        fillSeconds,
        lookups.spread(),
        scattered.spread(),
        borrows.spread(),
        heapBytes,
        offHeapBytes);
  }

  private void fill() {
    ChunkLayout layout = ChunkLayout.blob(payloadBytes);
    MemorySegment payload = MemorySegment.ofArray(new byte[payloadBytes]);
    for (int from = 0; from < entries; from += AT_A_TIME) {
      List<Chunk> chunks = new ArrayList<>(AT_A_TIME);
      for (int i = from; i < Math.min(from + AT_A_TIME, entries); i++) {
        chunks.add(Chunk.builder(key(i), layout).payload(payload).build());
      }
      long kept =
          store
              .putAll(chunks, PutMode.KEEP_EXISTING)
              .filter(outcome -> outcome.isKept())
              .count()
              .block();
      if (kept != chunks.size()) {
        throw new IllegalStateException(
            "expected " + chunks.size() + " chunks stored, found " + kept);
      }
    }
  }

  /** Borrows everything once: what is borrowed later was verified, and not just before. */
  private void verifyAll() {
    for (int from = 0; from < entries; from += PREFIX) {
      List<ChunkKey> keys = keys(from, Math.min(from + PREFIX, entries));
      try (BorrowedPrefix prefix = store.borrowPrefix(keys).block()) {
        expectAll(keys, prefix.chunks().size());
      }
    }
  }

  private static List<ChunkKey> keys(int from, int to) {
    return IntStream.range(from, to).mapToObj(IndexProbe::key).toList();
  }

  private List<ChunkKey> together(SplittableRandom random) {
    int length = Math.min(PREFIX, entries);
    int first = random.nextInt(entries - length + 1);
    return keys(first, first + length);
  }

  private List<ChunkKey> scattered(SplittableRandom random) {
    return random.ints(Math.min(PREFIX, entries), 0, entries).mapToObj(IndexProbe::key).toList();
  }

  private static ChunkKey key(int number) {
    byte[] bytes = new byte[KEY_BYTES];
    new SplittableRandom(number).nextBytes(bytes);
    return ChunkKey.of(bytes);
  }

  private double lookupUs(List<ChunkKey> keys) {
    long startNs = System.nanoTime();
    int length = store.prefixLength(keys).block();
    long ns = System.nanoTime() - startNs;
    expectAll(keys, length);
    return ns / 1e3;
  }

  private double borrowUs(List<ChunkKey> keys) {
    long startNs = System.nanoTime();
    try (BorrowedPrefix prefix = store.borrowPrefix(keys).block()) {
      long ns = System.nanoTime() - startNs;
      expectAll(keys, prefix.chunks().size());
      return ns / 1e3;
    }
  }

  private static void expectAll(List<ChunkKey> keys, int found) {
    if (found != keys.size()) {
      throw new IllegalStateException("expected " + keys.size() + " hits, found " + found);
    }
  }

  private static long usedHeapBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static long residentBytes() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("RssAnon:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElseThrow();
    }
  }
}
