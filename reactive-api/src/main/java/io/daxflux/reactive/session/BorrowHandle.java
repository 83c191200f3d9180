package io.daxflux.reactive.session;

import io.daxflux.reactive.outcome.BorrowedChunk;
import io.daxflux.store.Lease;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The leases of what was lent, and the lifetime that its segments share. Segments are made when
 * they are first asked for, by who asks: a thousand of them would hold up the store's thread.
 */
abstract class BorrowHandle extends Handle {
  private final List<ChunkRead> reads;
  private final Arena lifetime = Arena.ofShared();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Two who ask at the same time may both make them; either's are right. */
  private volatile @Nullable List<BorrowedChunk> chunks;

  /** Takes over the leases of these reads. */
  BorrowHandle(StoreLoop loop, List<ChunkRead> reads) {
    super(loop);
    this.reads = reads;
  }

  /** A chunk of it for each of the reads, in their order. */
  public final List<BorrowedChunk> chunks() {
    List<BorrowedChunk> made = chunks;
    if (made == null) {
      made = makeChunks();
      chunks = made;
    }
    return made;
  }

  private List<BorrowedChunk> makeChunks() {
    MemorySegment arena = loop.device().lend(0, loop.device().bytes(), lifetime).asReadOnly();
    List<BorrowedChunk> made = new ArrayList<>(reads.size());
    for (ChunkRead read : reads) {
      Lease lease = read.lease;
      MemorySegment segment = arena.asSlice(lease.arenaOffset(), lease.bytes());
      made.add(
          new BorrowedChunk(read.index, lease.key(), lease.layout(), lease.attributes(), segment));
    }
    return List.copyOf(made);
  }

  /** Gives it back, once. */
  public final void close() {
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
  final void takeBack() {
    for (ChunkRead read : reads) {
      loop.store().release(read.lease, true);
    }
  }

  @Override
  final void revoke() {
    endLifetime();
  }

  final int size() {
    return reads.size();
  }
}
