package io.daxflux.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.daxflux.checksum.SliceSums;
import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.CachePolicy;
import io.daxflux.media.ChunkRecord;
import io.daxflux.media.RecoveredChunk;
import io.daxflux.media.Recovery;
import io.daxflux.media.RecoveryReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a stored chunk costs on the heap, as docs/limits.md has it. */
class EntryHeapTest {
  private static final Pattern SENTENCE =
      Pattern.compile(
          "about (\\d+) bytes for each of 10,000,000 stored chunks with a key of (\\d+) bytes,"
              + " (\\d+) with one of (\\d+)");

  private static final Pattern EXPIRING =
      Pattern.compile("a chunk that expires takes about (\\d+) bytes more");

  /** The index is as full as with 10,000,000, of which these are one in 2^7. */
  private static final int CHUNKS = 78_125;

  private static final int BLOCK_BYTES = 4096;

  private static final ArenaLayout WITH_RECORDS =
      new ArenaLayout(2 << 20, BLOCK_BYTES, CHUNKS, 128 << 10, 256, 2L * CHUNKS);

  private static final ArenaLayout WITHOUT_RECORDS =
      ArenaLayout.withoutRecords(CHUNKS * (long) BLOCK_BYTES, BLOCK_BYTES);

  /** Later than the test, and than any clock that is somewhat wrong. */
  private static final long FAR_AWAY_MS = ChunkHead.MOST_EXPIRES_AT_MS;

  private static final RecoveryReport REPORT =
      new RecoveryReport(
          false, true, 2L * CHUNKS, CHUNKS, Map.of(), 0, List.of(), CHUNKS, CHUNKS, 0);

  private static int shortKeyBytes;
  private static int withShortKey;
  private static int longKeyBytes;
  private static int withLongKey;
  private static int moreToExpire;

  @BeforeAll
  static void readThePage() throws IOException {
    String page = Files.readString(Path.of("../docs/limits.md")).replaceAll("\\s+", " ");
    MatchResult said = SENTENCE.matcher(page).results().findFirst().orElseThrow();
    withShortKey = Integer.parseInt(said.group(1));
    shortKeyBytes = Integer.parseInt(said.group(2));
    withLongKey = Integer.parseInt(said.group(3));
    longKeyBytes = Integer.parseInt(said.group(4));
    MatchResult more = EXPIRING.matcher(page).results().findFirst().orElseThrow();
    moreToExpire = Integer.parseInt(more.group(1));
  }

  /** Whatever is loaded for the first store is not an entry's. */
  @BeforeAll
  static void loadClasses() {
    filled(WITH_RECORDS, 32);
    recovered(32);
  }

  @Test
  void anEntryWithAShortKeyTakesAtMost160Bytes() {
    assertThat(shortKeyBytes).isEqualTo(32);
    assertThat(withShortKey).isLessThanOrEqualTo(160);
  }

  @Test
  void anEntryTakesWhatThePageSays() {
    assertHeapOfOne(() -> filled(WITH_RECORDS, shortKeyBytes), withShortKey);
    assertHeapOfOne(() -> filled(WITH_RECORDS, longKeyBytes), withLongKey);
  }

  @Test
  void anEntryOfAnonymousMemoryTakesTheSame() {
    assertHeapOfOne(() -> filled(WITHOUT_RECORDS, shortKeyBytes), withShortKey);
    assertHeapOfOne(() -> filled(WITHOUT_RECORDS, longKeyBytes), withLongKey);
  }

  @Test
  void anEntryThatWasRecoveredTakesTheSame() {
    assertHeapOfOne(() -> recovered(shortKeyBytes), withShortKey);
    assertHeapOfOne(() -> recovered(longKeyBytes), withLongKey);
  }

  @Test
  void anEntryThatExpiresTakesWhatThePageSaysMore() {
    int bytes = withShortKey + moreToExpire;
    assertHeapOfOne(() -> filled(WITH_RECORDS, shortKeyBytes, FAR_AWAY_MS), bytes);
    assertHeapOfOne(() -> recovered(shortKeyBytes, FAR_AWAY_MS), bytes);
  }

  /** The middle one of three: what else the process does meanwhile also takes or leaves some. */
  private static void assertHeapOfOne(Supplier<ChunkStore> filling, long bytes) {
    double[] found = new double[3];
    for (int i = 0; i < found.length; i++) {
      long before = usedHeap();
      ChunkStore store = filling.get();
      found[i] = (usedHeap() - before) / (double) CHUNKS;
      assertThat(store.figures().entries()).isEqualTo(CHUNKS);
    }
    Arrays.sort(found);
    assertThat(found[1]).isCloseTo(bytes, within(2.0));
  }

  /** A store of chunks that share neither their keys nor their layouts. */
  private static ChunkStore filled(ArenaLayout layout, int keyBytes) {
    return filled(layout, keyBytes, ChunkHead.NEVER);
  }

  private static ChunkStore filled(ArenaLayout layout, int keyBytes, long expiresAtMs) {
    ChunkStore store = new ChunkStore(setup(layout));
    for (int i = 0; i < CHUNKS; i++) {
      Reservation reservation =
          TinyArena.reserved(
              store.reserve(
                  ChunkHead.of(key(i, keyBytes), ChunkLayout.blob(BLOCK_BYTES))
                      .expiringAt(expiresAtMs),
                  PutMode.KEEP_EXISTING,
                  0));
      store.written(reservation, SliceSums.of(i));
      store.commit(reservation);
    }
    return store;
  }

  private static ChunkStore recovered(int keyBytes) {
    return recovered(keyBytes, ChunkHead.NEVER);
  }

  private static ChunkStore recovered(int keyBytes, long expiresAtMs) {
    IntFunction<RecoveredChunk> chunk =
        i ->
            new RecoveredChunk(
                i,
                1,
                new ChunkRecord(
                    key(i, keyBytes),
                    ChunkLayout.blob(BLOCK_BYTES),
                    Attributes.NONE,
                    i,
                    1,
                    i,
                    i,
                    expiresAtMs,
                    SliceSums.of(i)));
    List<RecoveredChunk> chunks = IntStream.range(0, CHUNKS).mapToObj(chunk).toList();
    return new ChunkStore(setup(WITH_RECORDS), new Recovery(chunks, REPORT));
  }

  private static StoreSetup setup(ArenaLayout layout) {
    return new StoreSetup(
        layout,
        true,
        1,
        CachePolicy.LRU,
        StoreObserver.NONE,
        Journal.NONE,
        System::nanoTime,
        System::currentTimeMillis);
  }

  private static ChunkKey key(int number, int keyBytes) {
    return ChunkKey.of("k".repeat(keyBytes - 6) + (100_000 + number));
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
