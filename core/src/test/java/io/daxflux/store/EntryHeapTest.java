package io.daxflux.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.daxflux.checksum.SliceSums;
import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.CachePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a stored chunk costs on the heap, as docs/limits.md has it. */
class EntryHeapTest {
  private static final Pattern SENTENCE =
      Pattern.compile(
          "about (\\d+) bytes for each stored chunk with a key of (\\d+) bytes, (\\d+) less with"
              + " `memory:`");
  private static final int CHUNKS = 100_000;
  private static final int BLOCK_BYTES = 4096;
  private static final ArenaLayout WITH_RECORDS =
      new ArenaLayout(2 << 20, BLOCK_BYTES, CHUNKS, 128 << 10, 256, 2L * CHUNKS);

  private static MatchResult sentence() throws IOException {
    String page = Files.readString(Path.of("../docs/limits.md")).replaceAll("\\s+", " ");
    return SENTENCE.matcher(page).results().findFirst().orElseThrow();
  }

  @Test
  void anEntryTakesWhatThePageSays() throws IOException {
    MatchResult said = sentence();
    int keyBytes = Integer.parseInt(said.group(2));
    int withRecords = Integer.parseInt(said.group(1));

    assertThat(heapOfOne(WITH_RECORDS, keyBytes)).isCloseTo(withRecords, within(20L));
    assertThat(
            heapOfOne(
                ArenaLayout.withoutRecords(CHUNKS * (long) BLOCK_BYTES, BLOCK_BYTES), keyBytes))
        .isCloseTo(withRecords - Integer.parseInt(said.group(3)), within(20L));
  }

  private static long heapOfOne(ArenaLayout layout, int keyBytes) {
    long before = usedHeap();
    ChunkStore store =
        new ChunkStore(
            new StoreSetup(
                layout,
                true,
                1,
                CachePolicy.LRU,
                StoreObserver.NONE,
                Journal.NONE,
                System::nanoTime));
    ChunkLayout shared = ChunkLayout.blob(BLOCK_BYTES);
    for (int i = 0; i < CHUNKS; i++) {
      ChunkKey key = ChunkKey.of("k".repeat(keyBytes - 6) + (100_000 + i));
      Reservation reservation =
          TinyArena.reserved(
              store.reserve(key, shared, Attributes.NONE, PutMode.KEEP_EXISTING, null, 0));
      store.written(reservation, SliceSums.of(new int[] {i}));
      store.commit(reservation);
    }
    long bytes = (usedHeap() - before) / CHUNKS;
    assertThat(store.figures().entries()).isEqualTo(CHUNKS);
    return bytes;
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
