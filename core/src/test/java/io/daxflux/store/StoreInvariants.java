package io.daxflux.store;

import static io.daxflux.store.TinyArena.BLOCK_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.extent.Tile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** Recounts a store from its extents, and compares that with what the store says of itself. */
final class StoreInvariants {
  private final ChunkStore store;
  private final StoreFigures figures;
  private final List<Tile<Entry>> free = new ArrayList<>();
  private final List<Entry> owners = new ArrayList<>();

  private StoreInvariants(ChunkStore store) {
    this.store = store;
    this.figures = store.figures();
  }

  static void check(ChunkStore store) {
    StoreInvariants invariants = new StoreInvariants(store);
    invariants.checkTiling();
    invariants.checkOwners();
    invariants.checkFigures();
  }

  private void checkTiling() {
    boolean lastIsFree = false;
    for (Tile<Entry> tile : Tile.of(store.places().blocks())) {
      if (tile.isFree()) {
        assertThat(lastIsFree).as("free neighbours are joined").isFalse();
        free.add(tile);
      } else {
        assertThat(tile.owner().firstBlock).isEqualTo(tile.firstBlock());
        assertThat(tile.owner().blocks()).isEqualTo(tile.blocks());
        owners.add(tile.owner());
      }
      lastIsFree = tile.isFree();
    }
    assertThat(owners).doesNotHaveDuplicates();
  }

  private void checkOwners() {
    for (Entry owner : owners) {
      boolean held =
          switch (owner.state()) {
            case WRITING -> owner.leases == 0 && owner.pins == 0;
            case READABLE -> store.contains(owner.key()) && !owner.isQuarantined();
            case DROPPED -> owner.leases > 0;
            case FREED -> owner.isQuarantined() && owner.leases == 0;
          };
      assertThat(held).as("a reason to own an extent: %s", owner).isTrue();
    }
  }

  private void checkFigures() {
    assertThat(figures.freeBytes()).isEqualTo(bytes(sum(free, Tile::blocks)));
    assertThat(figures.freeRuns()).isEqualTo(free.size());
    assertThat(figures.largestRunBytes())
        .isEqualTo(bytes(free.stream().mapToLong(Tile::blocks).max().orElse(0)));
    assertThat(figures.entries()).isEqualTo(count(owner -> isIn(owner, Entry.State.READABLE)));
    assertThat(figures.entryBytes())
        .isEqualTo(sum(owners, owner -> isIn(owner, Entry.State.READABLE) ? owner.bytes() : 0));
    assertThat(figures.reservations()).isEqualTo(count(owner -> isIn(owner, Entry.State.WRITING)));
    assertThat(figures.dropped()).isEqualTo(count(owner -> isIn(owner, Entry.State.DROPPED)));
    assertThat(figures.leases()).isEqualTo((int) sum(owners, owner -> owner.leases));
    assertThat(figures.pinned())
        .isEqualTo(count(owner -> isIn(owner, Entry.State.READABLE) && owner.pins > 0));
    assertThat(figures.quarantinedBytes())
        .isEqualTo(bytes(sum(owners, owner -> owner.isQuarantined() ? owner.blocks() : 0)));
    assertThat(store.places().evictableBlocks())
        .isEqualTo(sum(owners, owner -> owner.isEvictable() ? owner.blocks() : 0));
  }

  private static boolean isIn(Entry entry, Entry.State state) {
    return entry.state() == state;
  }

  private int count(Predicate<Entry> predicate) {
    return (int) owners.stream().filter(predicate).count();
  }

  private static <T> long sum(List<T> of, ToLongFunction<T> what) {
    return of.stream().mapToLong(what).sum();
  }

  private static long bytes(long blocks) {
    return blocks * BLOCK_BYTES;
  }
}
