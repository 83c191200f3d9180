package io.daxflux.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.checksum.SliceSums;
import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.CachePolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Room for records, where that of payloads is no worry. */
class RecordRoomTest {
  private static final int BLOCK_BYTES = 1024;
  private static final int CHUNKS = 64;
  private static final int UNIT_BYTES = 256;

  /** Records of these keys take two units each, and leave none. */
  private static final String TWO_UNITS = "k".repeat(200);

  private static final ChunkKey THREE_UNITS = ChunkKey.of("x".repeat(500));

  private final List<ChunkKey> evicted = new ArrayList<>();
  private final ChunkStore store =
      new ChunkStore(
          new StoreSetup(
              new ArenaLayout(2 << 20, BLOCK_BYTES, 2 * CHUNKS, 128 << 10, UNIT_BYTES, 2 * CHUNKS),
              false,
              1,
              CachePolicy.LRU,
              new StoreObserver() {
                @Override
                public void evicted(ChunkKey key, long bytes) {
                  evicted.add(key);
                }
              },
              Journal.NONE,
              System::nanoTime,
              System::currentTimeMillis));

  private ReserveResult reserve(ChunkKey key, long bytes) {
    return store.reserve(ChunkHead.of(key, ChunkLayout.blob(bytes)), PutMode.KEEP_EXISTING, 0);
  }

  private static ChunkKey key(int number) {
    return ChunkKey.of(TWO_UNITS + number);
  }

  private void fill() {
    for (int i = 0; i < CHUNKS; i++) {
      Reservation reservation = TinyArena.reserved(reserve(key(i), BLOCK_BYTES));
      store.written(reservation, SliceSums.NONE);
      store.commit(reservation);
    }
  }

  /** It is no row whose way others could be in. */
  @Test
  void whatFollowsAValueInItsRecordLiesAsIfNothingWereBeforeIt() {
    ChunkKey inline = ChunkKey.of("inline");
    assertThat(TinyArena.reserved(reserve(inline, 8)).record()).isNotNull();
    Reservation first = TinyArena.reserved(reserve(key(1), BLOCK_BYTES));

    ReserveResult result =
        store.reserve(
            ChunkHead.of(key(2), ChunkLayout.blob(BLOCK_BYTES)).after(inline),
            PutMode.KEEP_EXISTING,
            0);

    assertThat(TinyArena.reserved(result).arenaOffset())
        .isEqualTo(first.arenaOffset() + BLOCK_BYTES);
  }

  @Test
  void nothingIsEvictedForARecordThatFindsNoRun() {
    fill();
    for (int i = 0; i < CHUNKS; i += 2) {
      store.pin(key(i));
    }

    ReserveResult refused = reserve(THREE_UNITS, BLOCK_BYTES);

    assertThat(refused).isEqualTo(new ReserveResult.NoSpace(3 * UNIT_BYTES, 0, 0));
    assertThat(evicted).isEmpty();
    assertThat(store.figures().entries()).isEqualTo(CHUNKS);
    assertThat(store.figures().freeBytes()).isEqualTo((long) CHUNKS * BLOCK_BYTES);
  }

  @Test
  void nothingIsEvictedForASmallValueWhoseRecordFindsNoRun() {
    fill();
    for (int i = 0; i < CHUNKS; i += 2) {
      store.pin(key(i));
    }

    assertThat(reserve(THREE_UNITS, 100))
        .isInstanceOf(ReserveResult.NoSpace.class)
        .extracting(refused -> ((ReserveResult.NoSpace) refused).askedBytes())
        .isEqualTo(3L * UNIT_BYTES);
    assertThat(evicted).isEmpty();
  }

  @Test
  void neighboursMakeRoomForALongRecord() {
    fill();
    store.pin(key(0));
    store.pin(key(3));

    TinyArena.reserved(reserve(THREE_UNITS, BLOCK_BYTES));

    assertThat(evicted).containsExactlyInAnyOrder(key(1), key(2));
  }
}
