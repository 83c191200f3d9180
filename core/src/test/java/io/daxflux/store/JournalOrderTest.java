package io.daxflux.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.checksum.SliceSums;
import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.CachePolicy;
import io.daxflux.media.MediaGeometry;
import io.daxflux.testkit.Seeds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random operations on a small arena whose records follow late. Whatever the order, nothing is ever
 * written to a place while a record that is valid on the device says that another chunk lies there.
 */
class JournalOrderTest {
  private static final int BLOCK = 4096;
  private static final int BLOCKS = 24;

  @Test
  void nothingIsWrittenOverAChunkThatIsStillRecorded() {
    Seeds.forEach(200, random -> new Play(random).run(600));
  }

  /** A record on the device: the chunk's name and the place of its payload. */
  private record Written(ChunkKey key, long offset, long bytes, long unit) {
    boolean overlaps(long otherOffset, long otherBytes) {
      return offset < otherOffset + otherBytes && otherOffset < offset + bytes;
    }
  }

  /** A change that was decided on and has not reached the device. */
  private record Change(Runnable onDevice) {}

  private static final class Play implements Journal {
    private final Random random;
    private final ChunkStore store;
    private final Queue<Change> changes = new ArrayDeque<>();
    private final Map<Long, Written> device = new HashMap<>();
    private final List<Reservation> copying = new ArrayList<>();
    private final List<Reservation> recording = new ArrayList<>();
    private final List<Lease> leases = new ArrayList<>();
    private long decided;
    private long done;

    Play(Random random) {
      this.random = random;
      ArenaLayout layout =
          new ArenaLayout(1 << 20, BLOCK, BLOCKS, 4096, MediaGeometry.UNIT_BYTES, BLOCKS + 6);
      CachePolicy[] policies = CachePolicy.values();
      this.store =
          new ChunkStore(
              new StoreSetup(
                  layout,
                  random.nextBoolean(),
                  1,
                  policies[random.nextInt(policies.length)],
                  StoreObserver.NONE,
                  this,
                  () -> 0,
                  () -> 1));
    }

    @Override
    public long invalidate(ChunkKey key, long unit, Place record, Place payload) {
      changes.add(
          new Change(
              () -> {
                Written gone = device.remove(unit);
                assertThat(gone).as("what is invalidated was written").isNotNull();
                assertThat(gone.key).isEqualTo(key);
              }));
      return ++decided;
    }

    void run(int operations) {
      for (int i = 0; i < operations; i++) {
        step();
        checkPlaces();
      }
      giveAllBack();
    }

    private void step() {
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> reserve();
        case 3, 4 -> copied();
        case 5, 6, 7, 8 -> reachDevice();
        case 9 -> store.remove(anyKey());
        case 10 -> lease();
        default -> release();
      }
    }

    private void reserve() {
      long bytes = random.nextInt(4) == 0 ? random.nextInt(513) : random.nextInt(5 * BLOCK);
      PutMode mode = random.nextBoolean() ? PutMode.REPLACE : PutMode.KEEP_EXISTING;
      ReserveResult result =
          store.reserve(
              ChunkHead.of(anyKey(), ChunkLayout.blob(bytes)).after(anyKey()),
              mode,
              random.nextInt(9));
      if (result instanceof ReserveResult.Reserved(Reservation reservation)) {
        copying.add(reservation);
      }
    }

    /** The payload of a put whose place may be used is there, or the put is given up. */
    private void copied() {
      if (copying.isEmpty()) {
        return;
      }
      Reservation reservation = copying.get(random.nextInt(copying.size()));
      if (random.nextInt(6) == 0) {
        copying.remove(reservation);
        store.abort(reservation);
      } else if (reservation.usableAfter() <= done) {
        copying.remove(reservation);
        record(reservation);
      }
    }

    private void record(Reservation reservation) {
      PendingRecord pending = store.written(reservation, SliceSums.NONE);
      if (pending == null) {
        assertThat(store.commit(reservation)).isFalse();
        return;
      }
      recording.add(reservation);
      boolean givesUp = random.nextInt(6) == 0;
      changes.add(
          new Change(
              () -> {
                Written written =
                    new Written(
                        reservation.key(),
                        reservation.arenaOffset(),
                        reservation.bytes(),
                        pending.unit());
                assertThat(device.put(pending.unit(), written)).as("a free unit").isNull();
                recording.remove(reservation);
                if (givesUp) {
                  store.abort(reservation);
                } else {
                  store.commit(reservation);
                }
              }));
      decided++;
    }

    private void reachDevice() {
      Change next = changes.poll();
      if (next != null) {
        done++;
        next.onDevice.run();
      }
    }

    private void lease() {
      Lease lease = random.nextBoolean() ? store.lease(anyKey()) : store.leaseNext();
      if (lease != null) {
        leases.add(lease);
      }
    }

    private void release() {
      if (!leases.isEmpty()) {
        Lease lease = leases.remove(random.nextInt(leases.size()));
        switch (random.nextInt(20)) {
          case 0 -> store.corrupted(lease);
          default -> store.release(lease, random.nextBoolean());
        }
      }
    }

    /** Where a put may be copying now, no record on the device says that something else lies. */
    private void checkPlaces() {
      for (Reservation reservation : copying) {
        if (reservation.usableAfter() <= done) {
          checkNotRecorded(reservation.arenaOffset(), reservation.bytes());
        }
      }
      for (Lease lease : leases) {
        for (Written written : device.values()) {
          if (written.overlaps(lease.arenaOffset(), lease.bytes())) {
            assertThat(written.key).as("whose bytes a reader reads").isEqualTo(lease.key());
          }
        }
      }
    }

    private void checkNotRecorded(long offset, long bytes) {
      assertThat(device.values()).noneMatch(written -> written.overlaps(offset, bytes));
    }

    private void giveAllBack() {
      copying.forEach(store::abort);
      leases.forEach(lease -> store.release(lease, false));
      while (!changes.isEmpty()) {
        reachDevice();
      }
      StoreFigures figures = store.figures();
      assertThat(recording).isEmpty();
      assertThat(figures.reservations()).isZero();
      assertThat(figures.dropped()).isZero();
      assertThat(device).as("a record for each chunk, and no other").hasSize(figures.entries());
      List<ChunkKey> keys = device.values().stream().map(Written::key).toList();
      keys.forEach(store::remove);
      while (!changes.isEmpty()) {
        reachDevice();
      }
      assertThat(device).isEmpty();
      assertThat(store.figures().freeBytes() + store.figures().quarantinedBytes())
          .isEqualTo(store.figures().arenaBytes());
    }

    private ChunkKey anyKey() {
      return ChunkKey.of("k" + random.nextInt(12));
    }
  }
}
