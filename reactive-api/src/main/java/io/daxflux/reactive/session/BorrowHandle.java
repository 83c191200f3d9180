package io.daxflux.reactive.session;

import io.daxflux.reactive.outcome.BorrowedChunk;
import io.daxflux.store.Lease;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The leases of what was lent, and the lifetime that its segments share. Segments are made when
 * they are first asked for, by who asks: a thousand of them would hold up the store's thread. So is
 * their lifetime, whose end costs a handshake with every thread of the process.
 */
abstract class BorrowHandle extends Handle {
  /** A lifetime that is over: whoever makes a segment of it is told so. */
  private static final Arena ENDED = ended();

  private final List<ChunkRead> reads;

  /** Null before anybody asks for segments; {@link #ENDED} once it is closed. */
  private final AtomicReference<@Nullable Arena> lifetime = new AtomicReference<>();

  /** Two who ask at the same time may both make them; either's are right. */
  private volatile @Nullable List<BorrowedChunk> chunks;

  private static Arena ended() {
    Arena arena = Arena.ofShared();
    arena.close();
    return arena;
  }

  /** Takes over the leases of these reads. */
  BorrowHandle(StoreLoop loop, List<ChunkRead> reads) {
    super(loop);
    this.reads = reads;
  }

  /** A chunk of it for each of the reads, in their order. */
  public final List<BorrowedChunk> chunks() {
    List<BorrowedChunk> made = chunks;
    if (made == null) {
      made = chunksOf(loop.device().lend(0, loop.device().bytes(), lifetime()));
      chunks = made;
    }
    return made;
  }

  private Arena lifetime() {
    Arena present = lifetime.get();
    if (present != null) {
      return present;
    }
    Arena begun = Arena.ofShared();
    Arena other = lifetime.compareAndExchange(null, begun);
    if (other == null) {
      return begun;
    }
    begun.close();
    return other;
  }

  /**
   * A chunk of it for each of the reads, over memory that stays accessible as long as the device.
   */
  final List<BorrowedChunk> unguardedChunks() {
    return chunksOf(loop.device().memory());
  }

  private List<BorrowedChunk> chunksOf(MemorySegment memory) {
    MemorySegment arena = memory.asReadOnly();
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
    Arena open = lifetime.getAndSet(ENDED);
    if (open == null || open.equals(ENDED)) {
      return open == null;
    }
    try {
      open.close();
      return true;
    } catch (IllegalStateException inUse) {
      lifetime.set(open);
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
