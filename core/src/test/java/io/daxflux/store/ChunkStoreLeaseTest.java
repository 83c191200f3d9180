package io.daxflux.store;

import static io.daxflux.store.TinyArena.BLOCK_BYTES;
import static io.daxflux.store.TinyArena.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.daxflux.chunk.PutMode;
import io.daxflux.store.ReserveResult.NoSpace;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Leases, pins, removal under both, and memory that faults. */
class ChunkStoreLeaseTest {
  private final TinyArena arena = new TinyArena(4);
  private final ChunkStore store = arena.store;

  @Test
  void removedChunkIsReadToItsEndAndFreeOnlyThen() {
    arena.put("a", 3);
    Lease one = arena.lease("a");
    Lease other = arena.lease("a");

    assertThat(arena.remove("a")).isTrue();

    assertThat(arena.contains("a")).isFalse();
    assertThat(arena.lease("a")).isNull();
    assertThat(arena.freeBlocks()).isEqualTo(1);
    assertThat(store.figures().dropped()).isEqualTo(1);
    assertThat(store.figures().entryBytes()).isZero();

    store.release(one, true);
    assertThat(arena.freeBlocks()).isEqualTo(1);

    store.release(other, false);
    assertThat(arena.freeBlocks()).isEqualTo(4);
    assertThat(store.figures().dropped()).isZero();
    assertThat(store.figures().leases()).isZero();
  }

  @Test
  void newChunkOfAKeyDoesNotShareTheExtentOfTheOneStillRead() {
    arena.put("a", 2);
    Lease old = arena.lease("a");
    arena.replace("a", 2);

    Lease now = arena.lease("a");
    assertThat(now.arenaOffset()).isNotEqualTo(old.arenaOffset());
    assertThat(arena.freeBlocks()).isZero();

    store.release(old, true);
    assertThat(arena.freeBlocks()).isEqualTo(2);
    assertThat(arena.contains("a")).isTrue();
  }

  @Test
  void leasedChunkIsNeitherEvictedNorMoved() {
    arena.filledWith("abcd");
    Lease lease = arena.lease("a");

    arena.put("e", 2);

    assertThat(arena.contains("a")).isTrue();
    assertThat(arena.lease("a").arenaOffset()).isEqualTo(lease.arenaOffset());
  }

  @Test
  void leaseIsReturnedOnce() {
    arena.put("a", 1);
    Lease lease = arena.lease("a");
    store.release(lease, true);

    assertThatIllegalStateException()
        .isThrownBy(() -> store.release(lease, false))
        .withMessageStartingWith("returned twice: lease of Entry[a");
    assertThat(store.figures().leases()).isZero();
  }

  @Test
  void ageOfTheOldestLeaseIsToldInWhateverOrderTheyReturn() {
    arena.filledWith("abc");
    arena.nowNs = 100;
    Lease first = arena.lease("a");
    arena.nowNs = 200;
    Lease second = arena.lease("b");
    arena.nowNs = 300;
    Lease third = arena.lease("c");
    arena.nowNs = 1000;
    assertThat(store.figures().oldestLeaseAgeNs()).isEqualTo(900);

    store.release(second, true);
    assertThat(store.figures().oldestLeaseAgeNs()).isEqualTo(900);
    store.release(first, true);
    assertThat(store.figures().oldestLeaseAgeNs()).isEqualTo(700);
    store.release(third, true);
    assertThat(store.figures().oldestLeaseAgeNs()).isZero();
  }

  @Test
  void prefixLengthCountsUpToTheFirstMiss() {
    arena.filledWith("abd");
    Catalogue catalogue = store.catalogue();

    assertThat(catalogue.prefixLength(List.of(key("a"), key("b"), key("c"), key("d"))))
        .isEqualTo(2);
    assertThat(catalogue.prefixLength(List.of(key("c"), key("a")))).isZero();
    assertThat(catalogue.prefixLength(List.of())).isZero();
  }

  @Test
  void pinnedChunkIsNotEvictedUntilTheLastPinIsReturned() {
    arena.filledWith("abcd");
    Pin one = arena.pin("a");
    Pin other = arena.pin("a");
    assertThat(store.figures().pinned()).isEqualTo(1);

    store.unpin(one);
    assertThat(store.figures().pinned()).isEqualTo(1);
    arena.put("e", 3);
    assertThat(arena.contains("a")).isTrue();

    store.unpin(other);
    assertThat(store.figures().pinned()).isZero();
    arena.put("f", 1);
    assertThat(arena.contains("a")).isFalse();
  }

  @Test
  void pinIsReturnedOnce() {
    arena.put("a", 1);
    Pin pin = arena.pin("a");
    assertThat(pin.key()).isEqualTo(key("a"));
    store.unpin(pin);

    assertThatIllegalStateException()
        .isThrownBy(() -> store.unpin(pin))
        .withMessageStartingWith("returned twice: pin of Entry[a");
  }

  @Test
  void ownersRemoveWhatIsPinned() {
    arena.put("a", 1);
    Pin pin = arena.pin("a");

    assertThat(arena.remove("a")).isTrue();

    assertThat(arena.freeBlocks()).isEqualTo(4);
    assertThat(store.figures().pinned()).isZero();
    store.unpin(pin);
    assertThat(store.figures().pinned()).isZero();
    assertThat(arena.freeBlocks()).isEqualTo(4);
  }

  @Test
  void pinOfAnOldChunkDoesNotGuardTheNewOneOfItsKey() {
    arena.put("a", 1);
    Pin old = arena.pin("a");
    arena.replace("a", 1);
    Pin now = arena.pin("a");

    store.unpin(old);

    assertThat(store.figures().pinned()).isEqualTo(1);
    arena.put("b", 2);
    arena.put("c", 2);
    assertThat(arena.contains("a")).as("guarded by its own pin").isTrue();
    store.unpin(now);
    arena.put("d", 4);
    assertThat(arena.contains("a")).isFalse();
  }

  @Test
  void chunkThatIsLeasedAndPinnedIsEvictableOnceBothAreBack() {
    arena.put("a", 4);
    Lease lease = arena.lease("a");
    Pin pin = arena.pin("a");

    store.release(lease, true);
    assertThat(arena.tryReserve("b", 1, PutMode.KEEP_EXISTING)).isInstanceOf(NoSpace.class);
    store.unpin(pin);
    arena.put("b", 1);

    assertThat(arena.contains("a")).isFalse();
  }

  @Test
  void chunkWhoseMemoryFaultedIsGoneAndItsExtentOutOfUse() {
    arena.put("a", 3);
    Lease faulted = arena.lease("a");
    Lease other = arena.lease("a");
    arena.forget();

    store.condemn(faulted);
    assertThat(arena.contains("a")).isFalse();
    store.release(other, true);

    assertThat(arena.events).containsExactly("quarantined a");
    assertThat(store.figures().quarantinedBytes()).isEqualTo(3 * BLOCK_BYTES);
    assertThat(arena.freeBlocks()).isEqualTo(1);
    assertThat(store.figures().leases()).isZero();
    assertThat(store.figures().dropped()).isZero();
    assertThat(arena.tryReserve("b", 2, PutMode.KEEP_EXISTING)).isInstanceOf(NoSpace.class);
  }

  @Test
  void twoReadersThatMeetTheSameFaultCountItOnce() {
    arena.put("a", 3);
    Lease one = arena.lease("a");
    Lease other = arena.lease("a");

    store.condemn(one);
    store.condemn(other);

    assertThat(store.figures().quarantinedBytes()).isEqualTo(3 * BLOCK_BYTES);
    assertThat(arena.events).containsExactly("stored a", "quarantined a");
  }

  @Test
  void faultInAReplacedChunkLeavesTheNewOne() {
    arena.put("a", 1);
    Lease old = arena.lease("a");
    arena.replace("a", 1);

    store.condemn(old);

    assertThat(arena.contains("a")).isTrue();
    assertThat(store.figures().quarantinedBytes()).isEqualTo(BLOCK_BYTES);
    assertThat(arena.freeBlocks()).isEqualTo(2);
  }

  @Test
  void condemnedChunkMayBePinned() {
    arena.put("a", 1);
    Pin pin = arena.pin("a");
    store.condemn(arena.lease("a"));

    assertThat(store.figures().pinned()).isZero();
    store.unpin(pin);

    assertThat(arena.freeBlocks()).isEqualTo(3);
  }

  @Test
  void putIntoMemoryThatFaultsPutsItsExtentOutOfUse() {
    Reservation reservation = arena.reserve("a", 2);

    store.abortCondemned(reservation);

    assertThat(arena.contains("a")).isFalse();
    assertThat(arena.freeBlocks()).isEqualTo(2);
    assertThat(store.figures().quarantinedBytes()).isEqualTo(2 * BLOCK_BYTES);
    assertThat(store.figures().reservations()).isZero();
    arena.put("a", 2);
    assertThat(arena.contains("a")).isTrue();
  }
}
