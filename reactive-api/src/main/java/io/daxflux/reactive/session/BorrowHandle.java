package io.daxflux.reactive.session;

import io.daxflux.reactive.outcome.BorrowedChunk;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.store.Lease;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The leases of a borrowed prefix, and the lifetime that its segments share. Segments are made when
 * they are first asked for, by who asks: a thousand of them would hold up the store's thread.
 */
final class BorrowHandle extends Handle implements BorrowedPrefix {
  private final List<Lease> leases;
  private final Arena lifetime = Arena.ofShared();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Two who ask at the same time may both make them; either's are right. */
  private volatile @Nullable List<BorrowedChunk> chunks;

  /** Takes over the leases. */
  BorrowHandle(StoreLoop loop, List<Lease> leases) {
    super(loop);
    this.leases = leases;
  }

  @Override
  public List<BorrowedChunk> chunks() {
    List<BorrowedChunk> made = chunks;
    if (made == null) {
      made = makeChunks();
      chunks = made;
    }
    return made;
  }

  private List<BorrowedChunk> makeChunks() {
    MemorySegment arena = loop.device().lend(0, loop.device().bytes(), lifetime).asReadOnly();
    List<BorrowedChunk> made = new ArrayList<>(leases.size());
    for (Lease lease : leases) {
      MemorySegment segment = arena.asSlice(lease.arenaOffset(), lease.bytes());
      made.add(
          new BorrowedChunk(made.size(), lease.key(), lease.layout(), lease.attributes(), segment));
    }
    return List.copyOf(made);
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
