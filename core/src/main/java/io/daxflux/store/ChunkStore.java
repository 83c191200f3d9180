package io.daxflux.store;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.CachePolicy;
import io.daxflux.extent.Extent;
import io.daxflux.extent.ExtentSpace;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Index, extents, leases, pins and eviction: all that is known about the chunks of one arena.
 *
 * <h2>Thread-safety</h2>
 *
 * None: one thread calls it. No call blocks, copies payload or touches mapped memory; each costs at
 * most what its arguments and the entries it evicts cost.
 *
 * <h2>Ownership</h2>
 *
 * Whoever is given a {@link Reservation}, {@link Lease} or {@link Pin} owns it and gives it back
 * exactly once; giving back twice is a bug and throws.
 */
public final class ChunkStore {
  private final int blockBytes;
  private final ExtentSpace<Entry> extents;
  private final ArenaSpace arena;
  private final EvictionPolicy policy;
  private final StoreObserver observer;
  private final LongSupplier nanoTime;
  private final Map<ChunkKey, Entry> index = new HashMap<>();
  private final Map<ChunkKey, Reservation> writing = new HashMap<>();
  private final LeaseList leases = new LeaseList();

  /** Reservations that have ended and whose waiters have not been woken yet. */
  private final Queue<Reservation> settled = new ArrayDeque<>();

  private boolean waking;
  private long generation;
  private long uses;
  private long entryBytes;
  private long evictableBlocks;
  private long quarantinedBlocks;
  private int pinned;
  private int dropped;

  /**
   * An empty store.
   *
   * @param arenaBytes the arena; a rest smaller than a block stays unused
   * @param blockBytes the unit of space, a power of two
   * @param cachePolicy which entry makes room
   * @param observer is told what happens
   * @param nanoTime the clock that leases are dated by
   */
  public ChunkStore(
      long arenaBytes,
      int blockBytes,
      CachePolicy cachePolicy,
      StoreObserver observer,
      LongSupplier nanoTime) {
    this.blockBytes = blockBytes;
    this.extents = new ExtentSpace<>(arenaBytes / blockBytes);
    this.policy = EvictionPolicies.of(cachePolicy, extents.blocks());
    this.arena = new ArenaSpace(extents, policy, this::evict);
    this.observer = observer;
    this.nanoTime = nanoTime;
  }

  // --- Puts

  /**
   * Finds a place for a chunk, evicting others if it must.
   *
   * @param predecessor the chunk it would best lie behind, readable or being written
   * @param followingBytes what the caller will put right behind it; 0 for nothing
   */
  public ReserveResult reserve(
      ChunkKey key,
      ChunkLayout layout,
      Attributes attributes,
      PutMode mode,
      @Nullable ChunkKey predecessor,
      long followingBytes) {
    Reservation current = writing.get(key);
    if (current != null) {
      return new ReserveResult.Busy(current);
    }
    if (mode == PutMode.KEEP_EXISTING && index.containsKey(key)) {
      return new ReserveResult.Present();
    }
    long bytes = layout.bytes();
    long blocks = blocksOf(bytes);
    if (blocks > extents.blocks()) {
      return new ReserveResult.TooLarge(bytes, extents.blocks() * blockBytes);
    }
    Entry entry = new Entry(key, layout, attributes, bytes, blocks, ++generation);
    Extent<Entry> extent = null;
    if (blocks <= extents.freeBlocks() + evictableBlocks) {
      extent = arena.take(entry, extentOf(predecessor), blocks + followingBytes / blockBytes);
    }
    if (extent == null) {
      return new ReserveResult.NoSpace(
          blocks * blockBytes,
          extents.freeBlocks() * blockBytes,
          extents.largestRun() * blockBytes);
    }
    entry.extent = extent;
    Reservation reservation = new Reservation(entry, extent.firstBlock() * blockBytes);
    writing.put(key, reservation);
    return new ReserveResult.Reserved(reservation);
  }

  private @Nullable Extent<Entry> extentOf(@Nullable ChunkKey key) {
    if (key == null) {
      return null;
    }
    Reservation reservation = writing.get(key);
    Entry entry = reservation != null ? reservation.entry : index.get(key);
    return entry == null ? null : entry.extent;
  }

  /**
   * Makes a written chunk readable, in place of an older one of the same key.
   *
   * @return false where the key was removed meanwhile: the chunk is dropped and never seen
   */
  public boolean commit(Reservation reservation) {
    if (reservation.withdrawn) {
      abort(reservation);
      return false;
    }
    settle(reservation);
    Entry entry = reservation.entry;
    Entry old = index.get(entry.key);
    if (old != null) {
      drop(old);
      observer.removed(old.key, old.bytes);
    }
    entry.state = Entry.State.READABLE;
    entry.lastUse = ++uses;
    index.put(entry.key, entry);
    entryBytes += entry.bytes;
    evictableBlocks += entry.blocks;
    arena.changed();
    policy.added(entry);
    observer.stored(entry.key, entry.bytes);
    wakeWaiting(reservation);
    return true;
  }

  /** Gives a put up: what was written is never seen, and its extent is free. */
  public void abort(Reservation reservation) {
    settle(reservation);
    reservation.entry.state = Entry.State.DROPPED;
    dropped++;
    reclaim(reservation.entry);
    wakeWaiting(reservation);
  }

  /**
   * Lets those that waited for this reservation try again, one after the other, until one of them
   * has reserved the key: the rest then wait for that one, in their order.
   */
  private void wakeWaiting(Reservation reservation) {
    settled.add(reservation);
    if (waking) {
      // Whoever was woken settled at once: its waiters follow when it has returned.
      return;
    }
    waking = true;
    try {
      Reservation next;
      while ((next = settled.poll()) != null) {
        wakeInTurn(next);
      }
    } finally {
      waking = false;
    }
  }

  private void wakeInTurn(Reservation reservation) {
    Runnable first;
    while ((first = reservation.waiting.poll()) != null) {
      first.run();
      Reservation current = writing.get(reservation.key());
      if (current != null) {
        reservation.passWaitingOn(current);
        return;
      }
    }
  }

  /** Gives a put up because the arena's memory faulted: its extent is put out of use. */
  public void abortCondemned(Reservation reservation) {
    quarantine(reservation.entry);
    abort(reservation);
  }

  private void settle(Reservation reservation) {
    if (!reservation.open) {
      throw new IllegalStateException("settled twice: reservation of " + reservation.entry);
    }
    reservation.open = false;
    writing.remove(reservation.entry.key);
  }

  // --- Reads

  /**
   * The right to read a chunk.
   *
   * @return null where there is no such chunk
   */
  public @Nullable Lease lease(ChunkKey key) {
    Entry entry = index.get(key);
    if (entry == null) {
      return null;
    }
    Lease lease = new Lease(entry, entry.extent.firstBlock() * blockBytes, nanoTime.getAsLong());
    leases.add(lease);
    hold(entry);
    entry.leases++;
    return lease;
  }

  /**
   * Gives a lease back.
   *
   * @param used whether the chunk was read to its end, which makes it recent
   */
  public void release(Lease lease, boolean used) {
    if (!lease.open) {
      throw new IllegalStateException("returned twice: lease of " + lease.entry);
    }
    lease.open = false;
    leases.remove(lease);
    Entry entry = lease.entry;
    entry.leases--;
    if (used && entry.state == Entry.State.READABLE) {
      entry.lastUse = ++uses;
      policy.used(entry);
    }
    unhold(entry);
  }

  /**
   * Gives a lease back because the chunk's memory faulted: the chunk is gone, and its extent out of
   * use once the other readers are out.
   */
  public void condemn(Lease lease) {
    quarantine(lease.entry);
    if (lease.entry.state == Entry.State.READABLE) {
      drop(lease.entry);
    }
    release(lease, false);
  }

  /** Whether the chunk is there. Does not touch its recency. */
  public boolean contains(ChunkKey key) {
    return index.containsKey(key);
  }

  /** How many of the keys are there, from the first up to the first miss. */
  public int prefixLength(List<ChunkKey> keys) {
    int length = 0;
    for (ChunkKey key : keys) {
      if (!index.containsKey(key)) {
        break;
      }
      length++;
    }
    return length;
  }

  /**
   * Keeps a chunk from being evicted.
   *
   * @return null where there is no such chunk
   */
  public @Nullable Pin pin(ChunkKey key) {
    Entry entry = index.get(key);
    if (entry == null) {
      return null;
    }
    hold(entry);
    if (entry.pins++ == 0) {
      pinned++;
    }
    return new Pin(entry);
  }

  /** Gives a pin back. Does not touch the chunk's recency. */
  public void unpin(Pin pin) {
    if (!pin.open) {
      throw new IllegalStateException("returned twice: pin of " + pin.entry);
    }
    pin.open = false;
    if (--pin.entry.pins == 0 && pin.entry.state == Entry.State.READABLE) {
      pinned--;
    }
    unhold(pin.entry);
  }

  // --- Removal

  /**
   * Removes a chunk, pinned or not, and cancels a put of it that is under way. Readers finish.
   *
   * @return whether there was anything to remove
   */
  public boolean remove(ChunkKey key) {
    Reservation reservation = writing.get(key);
    boolean withdrawn = reservation != null && !reservation.withdrawn;
    if (withdrawn) {
      reservation.withdrawn = true;
    }
    Entry entry = index.get(key);
    if (entry == null) {
      return withdrawn;
    }
    drop(entry);
    observer.removed(key, entry.bytes);
    return true;
  }

  private void evict(Entry entry) {
    drop(entry);
    observer.evicted(entry.key, entry.bytes);
  }

  /** Takes an entry out of the index; its extent follows when the last reader is out. */
  private void drop(Entry entry) {
    index.remove(entry.key);
    entryBytes -= entry.bytes;
    policy.removed(entry);
    if (entry.isEvictable()) {
      evictableBlocks -= entry.blocks;
    }
    if (entry.pins > 0) {
      pinned--;
    }
    entry.state = Entry.State.DROPPED;
    dropped++;
    reclaim(entry);
  }

  /** Off the eviction order while the first hold is on it. */
  private void hold(Entry entry) {
    if (entry.isEvictable()) {
      evictableBlocks -= entry.blocks;
      policy.withdrawn(entry);
    }
  }

  private void unhold(Entry entry) {
    if (entry.isEvictable()) {
      evictableBlocks += entry.blocks;
      arena.changed();
      policy.restored(entry);
    } else {
      reclaim(entry);
    }
  }

  private void reclaim(Entry entry) {
    if (entry.state != Entry.State.DROPPED || entry.leases > 0) {
      return;
    }
    entry.state = Entry.State.FREED;
    dropped--;
    if (!entry.quarantined) {
      extents.free(entry.extent);
      arena.changed();
    }
  }

  private void quarantine(Entry entry) {
    if (!entry.quarantined) {
      entry.quarantined = true;
      quarantinedBlocks += entry.blocks;
      if (entry.state == Entry.State.READABLE) {
        observer.quarantined(entry.key, entry.bytes);
      }
    }
  }

  // --- Figures

  /** The state of the store in numbers. */
  public StoreFigures figures() {
    Lease oldest = leases.oldest();
    return new StoreFigures(
        extents.blocks() * blockBytes,
        extents.freeBlocks() * blockBytes,
        extents.largestRun() * blockBytes,
        extents.freeRuns(),
        quarantinedBlocks * blockBytes,
        index.size(),
        entryBytes,
        pinned,
        leases.size(),
        oldest == null ? 0 : nanoTime.getAsLong() - oldest.takenAtNs,
        writing.size(),
        dropped);
  }

  /** All extents, for tests that recount them. */
  ExtentSpace<Entry> extents() {
    return extents;
  }

  /** What eviction could free, for tests that recount it. */
  long evictableBlocks() {
    return evictableBlocks;
  }

  /** An empty chunk takes a block too, so that every entry has a place of its own. */
  private long blocksOf(long bytes) {
    return Math.max(1, Math.ceilDiv(bytes, (long) blockBytes));
  }
}
