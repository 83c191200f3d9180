package io.daxflux.store;

import static io.daxflux.store.TinyArena.BLOCK_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.CachePolicy;
import io.daxflux.extent.Tile;
import io.daxflux.testkit.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random operations on a small arena, compared with a model that knows nothing of extents and
 * policies: it follows what the observer is told, and judges whether that was allowed. After each
 * operation the store is recounted from its extents.
 */
class ChunkStoreModelTest {
  @Test
  void agreesWithTheModelAfterEveryOperation() {
    Seeds.forEach(60, random -> new Play(random).run(500));
  }

  @Test
  @Tag("full")
  void agreesWithTheModelForLong() {
    Seeds.forEach(3000, random -> new Play(random).run(5000));
  }

  /** A readable chunk, as the model knows it. */
  private static final class Known {
    final long bytes;
    int leases;
    int pins;

    Known(long bytes) {
      this.bytes = bytes;
    }
  }

  private record Held<T>(T right, Known known) {}

  private static final class Play implements StoreObserver {
    private final Random random;
    private final ChunkStore store;
    private final int blocks;
    private final int keys;
    private final Map<ChunkKey, Known> index = new HashMap<>();
    private final List<Reservation> writing = new ArrayList<>();
    private final List<Held<Lease>> leases = new ArrayList<>();
    private final List<Held<Pin>> pins = new ArrayList<>();
    private int told;
    private long nowNs;

    Play(Random random) {
      this.random = random;
      this.blocks = 1 + random.nextInt(random.nextBoolean() ? 60 : 8);
      this.keys = 2 + random.nextInt(40);
      CachePolicy[] policies = CachePolicy.values();
      this.store =
          TinyArena.withoutRecords(
              (long) blocks * BLOCK_BYTES + random.nextInt(BLOCK_BYTES),
              policies[random.nextInt(policies.length)],
              this,
              () -> nowNs);
    }

    void run(int operations) {
      for (int i = 0; i < operations; i++) {
        nowNs += random.nextInt(3);
        step();
        checkAll();
      }
      giveAllBack();
    }

    private void step() {
      switch (random.nextInt(14)) {
        case 0, 1, 2, 3 -> reserve();
        case 4, 5 -> commit();
        case 6 -> abort();
        case 7, 8 -> lease();
        case 9, 10 -> release();
        case 11 -> pin();
        case 12 -> unpin();
        default -> remove();
      }
    }

    private void reserve() {
      ChunkKey key = anyKey();
      long bytes = anyBytes();
      PutMode mode = PutMode.values()[random.nextInt(PutMode.values().length)];
      ChunkKey predecessor = random.nextBoolean() ? anyKey() : null;
      long wanted = Math.max(1, Math.ceilDiv(bytes, BLOCK_BYTES));
      Reservation current = writingOf(key);
      boolean present = index.containsKey(key);
      long clearable = longestStretch(true);
      boolean free = longestStretch(false) >= wanted;
      long behind = predecessor == null ? -1 : blockBehind(predecessor, wanted);
      told = 0;

      ReserveResult result =
          store.reserve(
              ChunkHead.of(key, ChunkLayout.blob(bytes)).after(predecessor),
              mode,
              random.nextInt(4) * (long) BLOCK_BYTES);

      switch (result) {
        case ReserveResult.Busy(Reservation busy) -> assertThat(busy).isSameAs(current);
        case ReserveResult.Present() -> {
          assertThat(current).isNull();
          assertThat(present && mode == PutMode.KEEP_EXISTING).isTrue();
        }
        case ReserveResult.Absent() -> {
          assertThat(current).isNull();
          assertThat(!present && mode == PutMode.REPLACE_EXISTING).isTrue();
        }
        case ReserveResult.TooLarge(long found, long limit) -> {
          assertThat(found).isEqualTo(bytes).isGreaterThan(limit);
          assertThat(limit).isEqualTo((long) blocks * BLOCK_BYTES);
        }
        case ReserveResult.NoSpace(long asked, long freeBytes, long largestRun) -> {
          assertThat(asked).isEqualTo(wanted * BLOCK_BYTES);
          assertThat(clearable).as("what evictions could have made").isLessThan(wanted);
          assertThat(freeBytes).isEqualTo(store.figures().freeBytes());
          assertThat(largestRun).isLessThan(asked);
        }
        case ReserveResult.Reserved(Reservation reservation) -> {
          assertThat(current).isNull();
          assertThat(reservation.key()).isEqualTo(key);
          assertThat(reservation.bytes()).isEqualTo(bytes);
          assertThat(reservation.withdrawn).isFalse();
          if (behind >= 0) {
            assertThat(reservation.arenaOffset()).isEqualTo(behind * BLOCK_BYTES);
          }
          writing.add(reservation);
        }
      }
      if (!(result instanceof ReserveResult.Reserved) || free) {
        assertThat(told).as("evictions in vain").isZero();
      }
    }

    private void commit() {
      if (!writing.isEmpty()) {
        Reservation reservation = any(writing);
        Known old = index.get(reservation.key());
        told = 0;
        boolean settled = random.nextBoolean();
        boolean[] ran = {false};
        reservation.onSettled(() -> ran[0] = true);
        if (settled && store.commit(reservation)) {
          assertThat(reservation.withdrawn).isFalse();
          assertThat(told).isEqualTo(old == null ? 1 : 2);
        } else if (settled) {
          assertThat(reservation.withdrawn).isTrue();
          assertThat(told).isZero();
        } else {
          store.abort(reservation);
          assertThat(told).isZero();
        }
        assertThat(ran[0]).isTrue();
      }
    }

    private void abort() {
      if (!writing.isEmpty() && random.nextInt(6) == 0) {
        store.abortCondemned(any(writing));
      } else if (!writing.isEmpty()) {
        store.abort(any(writing));
      }
    }

    private void lease() {
      ChunkKey key = anyKey();
      Known known = index.get(key);
      Lease lease = store.lease(key);
      assertThat(lease == null).isEqualTo(known == null);
      if (lease != null) {
        assertThat(lease.bytes()).isEqualTo(known.bytes);
        known.leases++;
        leases.add(new Held<>(lease, known));
      }
    }

    private void release() {
      if (!leases.isEmpty()) {
        Held<Lease> held = any(leases);
        // Before: as soon as it is back it may be told of as evicted.
        held.known.leases--;
        if (random.nextInt(40) == 0) {
          index.values().remove(held.known);
          store.condemn(held.right);
        } else {
          store.release(held.right, random.nextBoolean());
        }
      }
    }

    private void pin() {
      ChunkKey key = anyKey();
      Known known = index.get(key);
      Pin pin = store.pin(key);
      assertThat(pin == null).isEqualTo(known == null);
      if (pin != null) {
        known.pins++;
        pins.add(new Held<>(pin, known));
      }
    }

    private void unpin() {
      if (!pins.isEmpty()) {
        Held<Pin> held = any(pins);
        held.known.pins--;
        store.unpin(held.right);
      }
    }

    private void remove() {
      ChunkKey key = anyKey();
      Reservation current = writingOf(key);
      boolean withdraws = current != null && !current.withdrawn;
      boolean expected = withdraws || index.containsKey(key);
      assertThat(store.remove(key)).isEqualTo(expected);
      assertThat(index).doesNotContainKey(key);
      assertThat(current == null || current.withdrawn).isTrue();
    }

    private void checkAll() {
      StoreInvariants.check(store);
      StoreFigures figures = store.figures();
      assertThat(figures.entries()).isEqualTo(index.size());
      assertThat(figures.reservations()).isEqualTo(writing.size());
      assertThat(figures.leases()).isEqualTo(leases.size());
      long oldest = leases.stream().mapToLong(held -> held.right.takenAtNs).min().orElse(nowNs);
      assertThat(figures.oldestLeaseAgeNs()).isEqualTo(nowNs - oldest);
      for (Tile<Entry> tile : Tile.of(store.places().blocks())) {
        if (!tile.isFree() && tile.owner().isReadable()) {
          Known known = index.get(tile.owner().key());
          assertThat(known.bytes).isEqualTo(tile.owner().bytes());
          assertThat(known.leases).isEqualTo(tile.owner().leases);
          assertThat(known.pins).isEqualTo(tile.owner().pins);
        }
      }
    }

    private void giveAllBack() {
      while (!writing.isEmpty()) {
        abort();
      }
      while (!leases.isEmpty()) {
        release();
      }
      while (!pins.isEmpty()) {
        unpin();
      }
      List.copyOf(index.keySet()).forEach(store::remove);
      checkAll();
      StoreFigures figures = store.figures();
      assertThat(figures.freeBytes() + figures.quarantinedBytes()).isEqualTo(figures.arenaBytes());
      assertThat(figures.dropped() + figures.pinned() + figures.entries()).isZero();
    }

    // --- What the observer is told

    @Override
    public void stored(ChunkKey key, long bytes) {
      told++;
      assertThat(index.put(key, new Known(bytes))).as("the old one left before").isNull();
    }

    @Override
    public void evicted(ChunkKey key, long bytes) {
      told++;
      Known known = index.remove(key);
      assertThat(known.leases + known.pins).as("held when it was evicted").isZero();
      assertThat(known.bytes).isEqualTo(bytes);
    }

    @Override
    public void removed(ChunkKey key, long bytes) {
      told++;
      assertThat(index.remove(key).bytes).isEqualTo(bytes);
    }

    // --- What there is

    /** The longest stretch of free blocks, or of those that are free or could be. */
    private long longestStretch(boolean evicting) {
      long longest = 0;
      long stretch = 0;
      for (Tile<Entry> tile : Tile.of(store.places().blocks())) {
        boolean counts = tile.isFree() || (evicting && tile.owner().isEvictable());
        stretch = counts ? stretch + tile.blocks() : 0;
        longest = Math.max(longest, stretch);
      }
      return longest;
    }

    /** The block behind a chunk, where so many are free there; -1 where not. */
    private long blockBehind(ChunkKey key, long wanted) {
      Reservation reservation = writingOf(key);
      List<Tile<Entry>> tiles = Tile.of(store.places().blocks());
      for (int i = 1; i < tiles.size(); i++) {
        Entry owner = tiles.get(i - 1).owner();
        boolean meant =
            reservation != null
                ? owner == reservation.entry
                : owner != null && owner.isNamed(key) && owner.isReadable();
        if (meant && tiles.get(i).isFree() && tiles.get(i).blocks() >= wanted) {
          return tiles.get(i).firstBlock();
        }
      }
      return -1;
    }

    private Reservation writingOf(ChunkKey key) {
      return writing.stream().filter(one -> one.key().equals(key)).findFirst().orElse(null);
    }

    private ChunkKey anyKey() {
      return ChunkKey.of("k" + random.nextInt(keys));
    }

    /** Mostly short, now and then empty, as long as the arena, or longer. */
    private long anyBytes() {
      return switch (random.nextInt(20)) {
        case 0 -> 0;
        case 1 -> (long) blocks * BLOCK_BYTES + random.nextInt(2);
        default -> 1 + random.nextInt(Math.max(1, blocks / 4) * BLOCK_BYTES);
      };
    }

    private <T> T any(List<T> of) {
      return of.remove(random.nextInt(of.size()));
    }
  }
}
