package io.daxflux.store;

import static io.daxflux.store.TinyArena.BLOCK_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.PutMode;
import io.daxflux.config.CachePolicy;
import io.daxflux.store.ReserveResult.NoSpace;
import org.junit.jupiter.api.Test;

/** Who makes room, in which order, and when nobody can. */
class ChunkStoreEvictionTest {
  @Test
  void coldestMakesRoomFirst() {
    TinyArena arena = new TinyArena(4).filledWith("abcd");
    arena.use("a");
    arena.forget();

    arena.put("e", 1);
    arena.put("f", 1);

    assertThat(arena.events).containsExactly("evicted b", "stored e", "evicted c", "stored f");
  }

  @Test
  void nothingIsEvictedWhileARunIsFree() {
    TinyArena arena = new TinyArena(5).filledWith("abcd");
    arena.forget();

    arena.put("e", 1);

    assertThat(arena.events).containsExactly("stored e");
  }

  @Test
  void readThatWasBrokenOffDoesNotMakeRecent() {
    TinyArena arena = new TinyArena(3).filledWith("abc");
    arena.store.release(arena.lease("a"), false);
    arena.forget();

    arena.put("d", 1);

    assertThat(arena.events).startsWith("evicted a");
  }

  @Test
  void pinningAndLookingDoNotMakeRecent() {
    TinyArena arena = new TinyArena(3).filledWith("abc");
    arena.store.unpin(arena.pin("a"));
    assertThat(arena.contains("a")).isTrue();
    arena.forget();

    arena.put("d", 1);

    assertThat(arena.events).startsWith("evicted a");
  }

  @Test
  void otherPoliciesAreAskedToo() {
    TinyArena arena = new TinyArena(3, CachePolicy.MRU).filledWith("abc");
    arena.use("b");
    arena.forget();

    arena.put("d", 1);

    assertThat(arena.events).startsWith("evicted b");
  }

  @Test
  void heldChunksArePassedOver() {
    TinyArena arena = new TinyArena(4).filledWith("abcd");
    arena.lease("a");
    arena.pin("b");
    arena.forget();

    arena.put("e", 1);

    assertThat(arena.events).startsWith("evicted c");
  }

  @Test
  void replacementMayTakeThePlaceOfWhatItReplaces() {
    TinyArena arena = new TinyArena(2);
    arena.put("a", 2);

    arena.replace("a", 2);

    assertThat(arena.events).containsExactly("stored a", "evicted a", "stored a");
    assertThat(arena.store.figures().entries()).isEqualTo(1);
  }

  @Test
  void noSpaceEvictsNothingWhereTooMuchIsHeld() {
    TinyArena arena = new TinyArena(4).filledWith("abcd");
    arena.pin("a");
    arena.lease("b");
    arena.forget();

    assertThat(arena.tryReserve("e", 3, PutMode.KEEP_EXISTING)).isInstanceOf(NoSpace.class);

    assertThat(arena.events).isEmpty();
    assertThat(arena.store.figures().entries()).isEqualTo(4);
  }

  /** Enough could be evicted, but what is held lies in between. */
  @Test
  void noSpaceEvictsNothingWhereNoRunCanBeMade() {
    TinyArena arena = new TinyArena(7).filledWith("abcdefg");
    arena.pin("d");
    arena.forget();

    assertThat(arena.tryReserve("h", 4, PutMode.KEEP_EXISTING))
        .isEqualTo(new NoSpace(4 * BLOCK_BYTES, 0, 0));

    assertThat(arena.events).isEmpty();
    assertThat(arena.store.figures().entries()).isEqualTo(7);
  }

  @Test
  void noSpaceEvictsNothingWhereEnoughIsFreeInPieces() {
    TinyArena arena = new TinyArena(7).filledWith("abcdefg");
    arena.pin("b");
    arena.pin("d");
    arena.pin("f");
    arena.remove("a");
    arena.remove("c");
    arena.forget();

    assertThat(arena.tryReserve("h", 2, PutMode.KEEP_EXISTING))
        .isEqualTo(new NoSpace(2 * BLOCK_BYTES, 2 * BLOCK_BYTES, BLOCK_BYTES));

    assertThat(arena.events).isEmpty();
  }

  @Test
  void extentBeingWrittenIsNotCleared() {
    TinyArena arena = new TinyArena(5).filledWith("abcd");
    Reservation writing = arena.reserve("e", 1);
    arena.remove("b");
    arena.remove("d");
    arena.forget();

    arena.put("f", 4);

    assertThat(arena.events).containsExactlyInAnyOrder("evicted a", "evicted c", "stored f");
    assertThat(arena.store.commit(writing)).isTrue();
  }

  @Test
  void runIsMadeFromFreePiecesAndTheirCheapestNeighbours() {
    TinyArena arena = new TinyArena(8);
    arena.put("a", 1);
    arena.put("b", 1);
    arena.put("c", 3);
    arena.put("d", 1);
    arena.put("e", 1);
    arena.put("f", 1);
    arena.remove("b");
    arena.remove("e");
    arena.forget();

    assertThat(arena.put("g", 2)).as("where a or d had to go, not c").isIn(0L, 5L, 6L);

    assertThat(arena.events).hasSize(2).doesNotContain("evicted c");
  }

  @Test
  void runIsMadeAmongPinnedNeighbours() {
    TinyArena arena = new TinyArena(9).filledWith("abcdefghi");
    arena.pin("a");
    arena.pin("c");
    arena.pin("g");
    arena.pin("i");
    arena.remove("b");
    arena.remove("h");
    arena.use("d");
    arena.use("e");
    arena.use("f");
    arena.forget();

    assertThat(arena.put("j", 3)).isEqualTo(3);

    assertThat(arena.events)
        .containsExactlyInAnyOrder("evicted d", "evicted e", "evicted f", "stored j");
  }

  /**
   * The longest free runs and the coldest chunk are all shut in by what is pinned; the room is
   * elsewhere.
   */
  @Test
  void runIsFoundWhereNothingIsFreeAndNothingIsCold() {
    int fences = 20;
    TinyArena arena = new TinyArena(3 * fences + 4);
    arena.put("cold", 1);
    for (int i = 0; i < fences; i++) {
      arena.put("free" + i, 1);
      arena.put("fence" + i, 1);
    }
    arena.pin("free0");
    for (int i = 0; i < 3 + fences; i++) {
      arena.put("warm" + i, 1);
    }
    for (int i = 0; i < fences; i++) {
      arena.pin("fence" + i);
      if (i > 0) {
        arena.remove("free" + i);
      }
    }
    arena.forget();

    arena.put("large", 5);

    assertThat(arena.events).contains("stored large").doesNotContain("evicted cold");
    assertThat(arena.store.figures().entries()).isEqualTo(1 + 1 + fences + 3 + fences - 5 + 1);
  }

  @Test
  void whatIsGivenBackCanBeEvictedAgain() {
    TinyArena arena = new TinyArena(2);
    arena.put("a", 2);
    Lease lease = arena.lease("a");
    Pin pin = arena.pin("a");
    assertThat(arena.tryReserve("b", 2, PutMode.KEEP_EXISTING)).isInstanceOf(NoSpace.class);
    arena.store.unpin(pin);
    assertThat(arena.tryReserve("b", 2, PutMode.KEEP_EXISTING)).isInstanceOf(NoSpace.class);
    arena.store.release(lease, true);

    arena.put("b", 2);

    assertThat(arena.contains("a")).isFalse();
  }
}
