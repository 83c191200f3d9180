package io.daxflux.reactive.contract;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.assertBytes;
import static io.daxflux.reactive.Chunks.key;
import static io.daxflux.reactive.Chunks.keys;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.Filled;
import io.daxflux.reactive.outcome.Hole;
import io.daxflux.reactive.outcome.MissReason;
import io.daxflux.reactive.outcome.OutputBudgetException;
import io.daxflux.reactive.outcome.RestoreOutcome;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.StoreException.Category;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Positional restores: every key has its place, and a miss has a reason. */
class HolesTest extends StoreContract {
  @Test
  void missesAreHolesAtTheirPositions() {
    ReactiveChunkStore store = open();
    Chunks.put(store, "a", 5000);
    Chunks.put(store, "b", 1);

    try (RestoredBatch batch = store.restoreAll(keys("x", "a", "y", "b", "x")).block(SOON)) {
      assertThat(batch.outcomes().stream().map(RestoreOutcome::index))
          .containsExactly(0, 1, 2, 3, 4);
      assertThat(batch.holes()).containsExactly(absent(0, "x"), absent(2, "y"), absent(4, "x"));
      assertBytes(batch.hits().getFirst().segment(), "a", 5000);
      assertBytes(batch.hits().getLast().segment(), "b", 1);
    }
  }

  @Test
  void batchOfMissesIsAllHoles() {
    try (RestoredBatch batch = open().restoreAll(keys("x", "y")).block(SOON)) {
      assertThat(batch.outcomes()).containsExactly(absent(0, "x"), absent(1, "y"));
    }
  }

  @Test
  void withRetrievalOffEverythingIsAMissThatSaysSo() {
    ReactiveChunkStore store = spec().with(config -> config.retrieves(false)).open();
    Chunks.put(store, "a", 100);
    Hole off = new Hole(0, key("a"), MissReason.RETRIEVAL_OFF);

    assertThat(store.restoreAll(keys("a")).block(SOON).outcomes()).containsExactly(off);
    assertThat(store.restoreInto(keys("a"), List.of(heap(100))).block(SOON)).containsExactly(off);
    assertThat(store.prefixLength(keys("a")).block(SOON)).isZero();
    try (var borrowed = store.borrowPrefix(keys("a")).block(SOON);
        var pinned = store.pinPrefix(keys("a")).block(SOON)) {
      assertThat(borrowed.chunks()).isEmpty();
      assertThat(pinned.keys()).isEmpty();
    }
    assertThat(store.contains(key("a")).block(SOON)).isTrue();
  }

  @Test
  void intoFillsEachOutputFromItsStart() {
    ReactiveChunkStore store = open();
    Chunks.put(store, "a", 5000);
    Chunks.put(store, "b", 70);
    MemorySegment longer = heap(6000).fill((byte) 9);
    MemorySegment exact = heap(70);
    MemorySegment untouched = heap(10).fill((byte) 9);

    var outcomes =
        store.restoreInto(keys("a", "x", "b"), List.of(longer, untouched, exact)).block(SOON);

    assertThat(outcomes)
        .containsExactly(
            new Filled(0, key("a"), ChunkLayout.blob(5000), Attributes.NONE),
            absent(1, "x"),
            new Filled(2, key("b"), ChunkLayout.blob(70), Attributes.NONE));
    assertBytes(longer.asSlice(0, 5000), "a", 5000);
    assertThat(longer.asSlice(5000).toArray(JAVA_BYTE)).containsOnly((byte) 9);
    assertThat(untouched.toArray(JAVA_BYTE)).containsOnly((byte) 9);
    assertBytes(exact, "b", 70);
  }

  @Test
  void intoOutputThatIsTooSmallIsAHoleAndStaysUntouched() {
    ReactiveChunkStore store = open();
    Chunks.put(store, "a", 5000);
    Chunks.put(store, "b", 70);
    MemorySegment small = heap(4999);
    MemorySegment fitting = heap(70);

    var outcomes = store.restoreInto(keys("a", "b"), List.of(small, fitting)).block(SOON);

    assertThat(outcomes.getFirst()).isEqualTo(new Hole(0, key("a"), MissReason.OUTPUT_TOO_SMALL));
    assertThat(small.mismatch(heap(4999))).isEqualTo(-1);
    assertBytes(fitting, "b", 70);
  }

  @Test
  void intoOutputsThatCannotServeAreRefusedByName() {
    ReactiveChunkStore store = open();
    try (Arena confined = Arena.ofConfined()) {
      assertThatThrownBy(() -> store.restoreInto(keys("a"), List.of(confined.allocate(9))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("any thread may access");
    }
    assertThatThrownBy(() -> store.restoreInto(keys("a"), List.of(heap(9).asReadOnly())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("writable");
    assertThatThrownBy(() -> store.restoreInto(keys("a", "b"), List.of(heap(9))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("outputs: expected one for each of the 2 keys, found 1");
  }

  @Test
  void batchBeyondTheWholeBudgetFailsAndSaysHowMuchThereIs() {
    ReactiveChunkStore store = spec().outputs(3 * BLOCK).open();
    Chunks.put(store, "a", 2 * BLOCK);
    Chunks.put(store, "b", 2 * BLOCK);

    assertThatThrownBy(() -> store.restoreAll(keys("a", "b")).block(SOON))
        .isInstanceOfSatisfying(
            OutputBudgetException.class,
            refusal -> {
              assertThat(refusal.category()).isEqualTo(Category.ASK_LESS);
              assertThat(refusal.askedBytes()).isEqualTo(4 * BLOCK);
              assertThat(refusal.freeBytes()).isEqualTo(3 * BLOCK);
              assertThat(refusal.largestRunBytes()).isEqualTo(3 * BLOCK);
              assertThat(refusal.budgetBytes()).isEqualTo(3 * BLOCK);
            })
        .hasMessage(
            "output memory: asked for 16384 bytes, found 12288 free of 12288 (longest run 12288)");
    assertRestores(store, 2 * BLOCK, "a");
  }

  @Test
  void batchThatOthersLeaveNoRoomForCanBeTriedAgain() {
    ReactiveChunkStore store = spec().outputs(3 * BLOCK).open();
    Chunks.put(store, "a", 2 * BLOCK);

    try (RestoredBatch first = store.restoreAll(keys("a")).block(SOON)) {
      assertThat(first.hits()).hasSize(1);
      assertThatThrownBy(() -> store.restoreAll(keys("a")).block(SOON))
          .isInstanceOfSatisfying(
              OutputBudgetException.class,
              refusal -> assertThat(refusal.category()).isEqualTo(Category.RETRY));
    }
    assertRestores(store, 2 * BLOCK, "a");
  }

  @Test
  void batchIsServedFromPiecesWhereNoRunIsLongEnough() {
    ReactiveChunkStore store = spec().outputs(4 * BLOCK).open();
    Chunks.putAll(store, Chunks.chunksOf("c", 4, BLOCK));
    RestoredBatch batch = store.restoreAll(Chunks.keysOf("c", 4)).block(SOON);
    batch.hits().get(0).close();
    batch.hits().get(2).close();

    assertRestores(store, BLOCK, "c1", "c3");

    batch.close();
  }

  private static Hole absent(int index, String name) {
    return new Hole(index, key(name), MissReason.ABSENT);
  }

  private static MemorySegment heap(int bytes) {
    return MemorySegment.ofArray(new byte[bytes]);
  }
}
