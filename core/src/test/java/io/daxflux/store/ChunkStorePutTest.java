package io.daxflux.store;

import static io.daxflux.store.TinyArena.BLOCK_BYTES;
import static io.daxflux.store.TinyArena.blockOf;
import static io.daxflux.store.TinyArena.key;
import static io.daxflux.store.TinyArena.reserved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.CachePolicy;
import io.daxflux.store.ReserveResult.Busy;
import io.daxflux.store.ReserveResult.NoSpace;
import io.daxflux.store.ReserveResult.Present;
import io.daxflux.store.ReserveResult.Reserved;
import io.daxflux.store.ReserveResult.TooLarge;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The life of a put: reserved, and committed, aborted or withdrawn. */
class ChunkStorePutTest {
  private final TinyArena arena = new TinyArena(10);
  private final ChunkStore store = arena.store;

  @Test
  void reservedChunkIsNotThereBeforeItIsCommitted() {
    Reservation reservation = arena.reserve("a", 3);

    assertThat(arena.contains("a")).isFalse();
    assertThat(arena.lease("a")).isNull();
    assertThat(arena.pin("a")).isNull();
    assertThat(arena.freeBlocks()).isEqualTo(7);
    assertThat(store.figures().reservations()).isEqualTo(1);
    assertThat(store.figures().entries()).isZero();
    assertThat(arena.events).isEmpty();

    assertThat(store.commit(reservation)).isTrue();

    assertThat(arena.contains("a")).isTrue();
    assertThat(arena.freeBlocks()).isEqualTo(7);
    assertThat(store.figures().reservations()).isZero();
    assertThat(store.figures().entries()).isEqualTo(1);
    assertThat(store.figures().entryBytes()).isEqualTo(3 * BLOCK_BYTES);
    assertThat(arena.events).containsExactly("stored a");
  }

  @Test
  void abortedChunkIsNeverThereAndItsExtentIsFree() {
    store.abort(arena.reserve("a", 3));

    assertThat(arena.contains("a")).isFalse();
    assertThat(arena.largestRun()).isEqualTo(10);
    assertThat(store.figures().reservations()).isZero();
    assertThat(store.figures().dropped()).isZero();
    assertThat(arena.events).isEmpty();
  }

  @Test
  void reservationEndsOnce() {
    Reservation committed = arena.reserve("a", 1);
    store.commit(committed);
    Reservation aborted = arena.reserve("b", 1);
    store.abort(aborted);

    assertThatIllegalStateException()
        .isThrownBy(() -> store.commit(committed))
        .withMessageStartingWith("settled twice: reservation of Entry[a");
    assertThatIllegalStateException().isThrownBy(() -> store.abort(committed));
    assertThatIllegalStateException().isThrownBy(() -> store.commit(aborted));
    assertThatIllegalStateException().isThrownBy(() -> store.abort(aborted));
    assertThat(arena.contains("a")).isTrue();
    assertThat(arena.freeBlocks()).isEqualTo(9);
  }

  @Test
  void presentChunkIsKept() {
    arena.put("a", 2);

    assertThat(arena.tryReserve("a", 3, PutMode.KEEP_EXISTING)).isEqualTo(new Present());
    assertThat(arena.freeBlocks()).isEqualTo(8);
  }

  @Test
  void replacementTakesTheKeyOverWhenItIsCommitted() {
    arena.put("a", 2);
    Reservation replacement = reserved(arena.tryReserve("a", 3, PutMode.REPLACE));
    assertThat(store.lease(key("a")).bytes()).isEqualTo(2 * BLOCK_BYTES);

    store.commit(replacement);

    assertThat(store.lease(key("a")).bytes()).isEqualTo(3 * BLOCK_BYTES);
    assertThat(arena.events).containsExactly("stored a", "removed a", "stored a");
  }

  @Test
  void replacedChunkGivesItsExtentBackAtOnceIfNobodyReadsIt() {
    arena.put("a", 2);
    arena.replace("a", 3);

    assertThat(arena.freeBlocks()).isEqualTo(7);
    assertThat(store.figures().entries()).isEqualTo(1);
    assertThat(store.figures().entryBytes()).isEqualTo(3 * BLOCK_BYTES);
  }

  @Test
  void abortedReplacementLeavesTheOldChunk() {
    arena.put("a", 2);
    store.abort(reserved(arena.tryReserve("a", 3, PutMode.REPLACE)));

    assertThat(store.lease(key("a")).bytes()).isEqualTo(2 * BLOCK_BYTES);
    assertThat(arena.freeBlocks()).isEqualTo(8);
  }

  @Test
  void partOfABlockCostsAWholeOne() {
    store.commit(
        reserved(
            store.reserve(
                ChunkHead.of(key("a"), ChunkLayout.blob(BLOCK_BYTES + 1)),
                PutMode.KEEP_EXISTING,
                0)));

    assertThat(arena.freeBlocks()).isEqualTo(8);
    assertThat(store.figures().entryBytes()).isEqualTo(BLOCK_BYTES + 1);
    assertThat(arena.lease("a").bytes()).isEqualTo(BLOCK_BYTES + 1);
  }

  @Test
  void emptyChunkHasAPlaceOfItsOwn() {
    arena.put("a", 0);
    arena.put("b", 0);

    assertThat(arena.freeBlocks()).isEqualTo(8);
    assertThat(arena.lease("a").arenaOffset()).isNotEqualTo(arena.lease("b").arenaOffset());
    assertThat(store.figures().entryBytes()).isZero();
  }

  @Test
  void restOfTheArenaThatIsNoBlockStaysUnused() {
    ChunkStore odd =
        TinyArena.withoutRecords(
            3 * BLOCK_BYTES + BLOCK_BYTES - 1, CachePolicy.LRU, StoreObserver.NONE, () -> 0);

    assertThat(odd.figures().arenaBytes()).isEqualTo(3 * BLOCK_BYTES);
    assertThat(odd.figures().freeBytes()).isEqualTo(3 * BLOCK_BYTES);
  }

  @Test
  void chunkLargerThanTheArenaIsTooLargeAndEvictsNothing() {
    arena.put("a", 1);

    assertThat(arena.tryReserve("b", 11, PutMode.KEEP_EXISTING))
        .isEqualTo(new TooLarge(11 * BLOCK_BYTES, 10 * BLOCK_BYTES));
    assertThat(arena.contains("a")).isTrue();
  }

  @Test
  void noSpaceSaysWhatWasAskedAndWhatIsFree() {
    arena.reserve("a", 4);
    Reservation hole = arena.reserve("b", 2);
    arena.reserve("c", 3);
    store.abort(hole);

    assertThat(arena.tryReserve("d", 4, PutMode.KEEP_EXISTING))
        .isEqualTo(new NoSpace(4 * BLOCK_BYTES, 3 * BLOCK_BYTES, 2 * BLOCK_BYTES));
    assertThat(store.figures().reservations()).isEqualTo(2);
  }

  @Test
  void secondPutOfAKeyIsToldToWait() {
    Reservation first = arena.reserve("a", 1);

    assertThat(arena.tryReserve("a", 1, PutMode.KEEP_EXISTING)).isEqualTo(new Busy(first));
    assertThat(arena.tryReserve("a", 1, PutMode.REPLACE)).isEqualTo(new Busy(first));
    assertThat(arena.freeBlocks()).isEqualTo(9);
  }

  @Test
  void waitersRunInTheirOrderOnceTheReservationHasEnded() {
    List<String> ran = new ArrayList<>();
    Reservation first = arena.reserve("a", 1);
    first.onSettled(() -> ran.add("one, readable " + arena.contains("a")));
    first.onSettled(() -> ran.add("two"));
    assertThat(ran).isEmpty();

    store.commit(first);

    assertThat(ran).containsExactly("one, readable true", "two");
  }

  @Test
  void waiterThatTakesTheKeyMakesTheOthersWaitForItInTheirOrder() {
    Reservation first = arena.reserve("a", 1);
    List<ReserveResult> results = new ArrayList<>();
    first.onSettled(() -> results.add(arena.tryReserve("a", 2, PutMode.KEEP_EXISTING)));
    first.onSettled(() -> results.add(arena.tryReserve("a", 3, PutMode.KEEP_EXISTING)));
    first.onSettled(() -> results.add(arena.tryReserve("a", 4, PutMode.KEEP_EXISTING)));

    store.abort(first);
    assertThat(results).as("those behind are not asked in vain").hasSize(1);
    Reservation second = ((Reserved) results.getFirst()).reservation();
    second.onSettled(() -> results.add(arena.tryReserve("a", 5, PutMode.KEEP_EXISTING)));
    store.abort(second);
    assertThat(results).hasSize(2);
    Reservation third = ((Reserved) results.get(1)).reservation();
    store.commit(third);

    assertThat(second.bytes()).isEqualTo(2 * BLOCK_BYTES);
    assertThat(third.bytes()).isEqualTo(3 * BLOCK_BYTES);
    assertThat(results.subList(2, 4)).containsExactly(new Present(), new Present());
  }

  @Test
  void removingAKeyThatIsBeingWrittenWithdrawsThePut() {
    Reservation reservation = arena.reserve("a", 1);
    List<String> ran = new ArrayList<>();
    reservation.onSettled(() -> ran.add("settled"));

    assertThat(arena.remove("a")).isTrue();
    assertThat(arena.remove("a")).as("nothing is left to remove").isFalse();
    assertThat(reservation.withdrawn).isTrue();
    assertThat(arena.freeBlocks()).as("a worker may still be writing").isEqualTo(9);

    assertThat(store.commit(reservation)).isFalse();

    assertThat(arena.contains("a")).isFalse();
    assertThat(arena.freeBlocks()).isEqualTo(10);
    assertThat(ran).containsExactly("settled");
    assertThat(arena.events).isEmpty();
  }

  @Test
  void putAfterARemovalWaitsForTheWithdrawnOneAndIsStored() {
    Reservation withdrawn = arena.reserve("a", 1);
    arena.remove("a");
    withdrawn.onSettled(() -> arena.put("a", 2));

    store.commit(withdrawn);

    assertThat(arena.lease("a").bytes()).isEqualTo(2 * BLOCK_BYTES);
  }

  @Test
  void removingAKeyThatIsBeingReplacedTakesBothBack() {
    arena.put("a", 1);
    Reservation replacement = reserved(arena.tryReserve("a", 2, PutMode.REPLACE));

    assertThat(arena.remove("a")).isTrue();

    assertThat(arena.contains("a")).isFalse();
    assertThat(store.commit(replacement)).isFalse();
    assertThat(arena.freeBlocks()).isEqualTo(10);
  }

  @Test
  void reservationSaysWhereToWrite() {
    arena.put("a", 3);
    Reservation reservation = arena.reserve("b", 2);

    assertThat(reservation.key()).isEqualTo(key("b"));
    assertThat(reservation.bytes()).isEqualTo(2 * BLOCK_BYTES);
    assertThat(blockOf(reservation)).isEqualTo(3);
    assertThat(reservation.withdrawn).isFalse();
  }
}
