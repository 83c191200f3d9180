package io.daxflux.reactive.session;

import io.daxflux.reactive.outcome.BorrowedChunk;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.store.Lease;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The leases of a borrowed prefix, and the lifetime that its segments share. */
final class BorrowHandle extends Handle implements BorrowedPrefix {
  private final List<Lease> leases;
  private final List<BorrowedChunk> chunks;
  private final Arena lifetime = Arena.ofShared();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Takes over the leases. */
  BorrowHandle(StoreLoop loop, List<Lease> leases) {
    super(loop);
    this.leases = leases;
    this.chunks = new ArrayList<>(leases.size());
    for (Lease lease : leases) {
      MemorySegment segment =
          loop.device().lend(lease.arenaOffset(), lease.bytes(), lifetime).asReadOnly();
      chunks.add(
          new BorrowedChunk(
              chunks.size(), lease.key(), lease.layout(), lease.attributes(), segment));
    }
  }

  @Override
  public List<BorrowedChunk> chunks() {
    return List.copyOf(chunks);
  }

  @Override
  public void close() {
    if (endLifetime()) {
      giveBack();
    }
  }

  /** Whether it was still open. */
  private boolean endLifetime() {
    if (!closed.compareAndSet(false, true)) {
      return false;
    }
    try {
      lifetime.close();
      return true;
    } catch (IllegalStateException inUse) {
      closed.set(false);
      throw inUse;
    }
  }

  @Override
  void takeBack() {
    for (Lease lease : leases) {
      loop.store().release(lease, true);
    }
  }

  @Override
  void revoke() {
    endLifetime();
  }

  @Override
  public String toString() {
    return "borrowed prefix of " + leases.size() + " chunks";
  }
}
