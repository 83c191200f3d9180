package io.daxflux.store;

import static io.daxflux.store.TinyArena.BLOCK_BYTES;
import static io.daxflux.store.TinyArena.blockOf;
import static io.daxflux.store.TinyArena.reserved;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.PutMode;
import org.junit.jupiter.api.Test;

/** Where chunks are laid. */
class ChunkStorePlacementTest {
  private final TinyArena arena = new TinyArena(12);

  @Test
  void chunkLiesBehindItsPredecessor() {
    arena.put("a", 2);
    Reservation gap = arena.reserve("gap", 4);
    arena.put("z", 1);
    arena.store.abort(gap);

    assertThat(arena.putBehind("a", "b", 2)).isEqualTo(2);
    assertThat(arena.putBehind("b", "c", 2)).isEqualTo(4);
  }

  @Test
  void predecessorMayStillBeWritten() {
    Reservation first = arena.reserve("a", 2);
    arena.store.abort(arena.reserve("gap", 3));

    assertThat(blockOf(arena.reserveBehind("a", "b", 1))).isEqualTo(blockOf(first) + 2);
  }

  /** The one being written will be there when the reader comes; the old one will not. */
  @Test
  void predecessorThatIsBeingReplacedIsTheNewOne() {
    arena.put("a", 1);
    arena.put("wall", 1);
    Reservation replacement = reserved(arena.tryReserve("a", 2, PutMode.REPLACE));

    assertThat(blockOf(arena.reserveBehind("a", "b", 1))).isEqualTo(blockOf(replacement) + 2);
  }

  @Test
  void hintThatCannotBeFollowedHasNoEffect() {
    arena.put("a", 2);
    arena.put("wall", 1);
    arena.forget();

    assertThat(arena.putBehind("a", "b", 2)).isEqualTo(3);
    assertThat(arena.putBehind("missing", "c", 1)).isEqualTo(5);
    assertThat(arena.events).containsExactly("stored b", "stored c");
  }

  @Test
  void smallestRunThatFitsIsTaken() {
    arena.put("a", 3);
    arena.put("wall", 1);
    arena.put("b", 2);
    arena.put("wall2", 1);
    arena.remove("a");
    arena.remove("b");

    assertThat(arena.put("c", 2)).isEqualTo(4);
    assertThat(arena.put("d", 2)).isEqualTo(0);
  }

  @Test
  void firstOfSeveralStartsARunThatHoldsThemAll() {
    arena.put("a", 3);
    arena.put("wall", 1);
    arena.remove("a");

    Reservation alone = arena.reserve("alone", 2);
    assertThat(blockOf(alone)).as("the smallest run that fits").isZero();
    arena.store.abort(alone);

    assertThat(blockOf(reserved(arena.tryReserve("b", 2, PutMode.KEEP_EXISTING, null, 4))))
        .as("a run for it and those that follow")
        .isEqualTo(4);
  }

  @Test
  void wishForARunThatIsNowhereIsNoReasonToRefuseOrToEvict() {
    arena.put("a", 8);
    arena.forget();

    reserved(arena.tryReserve("b", 2, PutMode.KEEP_EXISTING, null, 100));

    assertThat(arena.events).isEmpty();
    assertThat(arena.freeBlocks()).isEqualTo(2);
  }

  @Test
  void figuresFollowEveryStep() {
    Reservation writing = arena.reserve("a", 2);
    assertFigures(10, 10, 1, 0, 0);
    arena.store.commit(writing);
    arena.put("b", 1);
    arena.put("c", 3);
    assertFigures(6, 6, 1, 3, 6);
    arena.remove("b");
    assertFigures(7, 6, 2, 2, 5);
    Lease lease = arena.lease("c");
    arena.remove("c");
    assertFigures(7, 6, 2, 1, 2);
    arena.store.release(lease, true);
    assertFigures(10, 10, 1, 1, 2);
    arena.remove("a");
    assertFigures(12, 12, 1, 0, 0);
  }

  private void assertFigures(
      int freeBlocks, int largestRun, int freeRuns, int entries, int entryBlocks) {
    StoreFigures figures = arena.store.figures();
    assertThat(figures.arenaBytes()).isEqualTo(12 * BLOCK_BYTES);
    assertThat(figures.freeBytes()).isEqualTo((long) freeBlocks * BLOCK_BYTES);
    assertThat(figures.largestRunBytes()).isEqualTo((long) largestRun * BLOCK_BYTES);
    assertThat(figures.freeRuns()).isEqualTo(freeRuns);
    assertThat(figures.entries()).isEqualTo(entries);
    assertThat(figures.entryBytes()).isEqualTo((long) entryBlocks * BLOCK_BYTES);
  }
}
