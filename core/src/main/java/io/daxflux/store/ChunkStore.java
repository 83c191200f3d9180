package io.daxflux.store;

import io.daxflux.checksum.SliceSums;
import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.extent.ExtentSpace;
import io.daxflux.media.Recovery;
import java.util.ArrayList;
import java.util.List;
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
  private final StoreSetup setup;
  private final StoreObserver observer;
  private final Entries entries;
  private final Places places;
  private final Writing writing = new Writing();
  private final Catalogue catalogue;
  private final LeaseList leases = new LeaseList();

  /** Numbers puts. */
  private long sequence;

  /** An empty store. */
  public ChunkStore(StoreSetup setup) {
    this(setup, null);
  }

  /**
   * A store that holds what was found on its device.
   *
   * @param found null for nothing
   */
  public ChunkStore(StoreSetup setup, @Nullable Recovery found) {
    this.setup = setup;
    this.observer = setup.observer();
    this.entries = new Entries(setup, found);
    this.places = entries.places();
    this.catalogue = new Catalogue(entries);
    if (found != null) {
      sequence = found.report().highestSequence();
    }
  }

  // --- Puts

  /**
   * Claims a chunk's key and finds a place for it, evicting others if it must.
   *
   * @param followingBytes what the caller will put right behind it; 0 for nothing
   */
  public ReserveResult reserve(ChunkHead head, PutMode mode, long followingBytes) {
    Reservation current = writing.of(head.key());
    if (current != null) {
      return new ReserveResult.Busy(current);
    }
    ReserveResult result = reserveUnclaimed(head, mode, followingBytes);
    if (result instanceof ReserveResult.Reserved(Reservation reservation)) {
      claim(reservation);
    }
    return result;
  }

  /**
   * Finds a place for a chunk whose key is claimed only when its bytes are there: until then it is
   * in nobody's way, however long that takes. What the mode demands is looked at now, and again
   * before {@link #claim}.
   */
  public ReserveResult reserveUnclaimed(ChunkHead head, PutMode mode, long followingBytes) {
    ReserveResult.Refusal refusal = refusal(head.key(), mode);
    if (refusal != null) {
      return refusal;
    }
    Form form = entries.form(head);
    if (form.blocks() > places.blocks().blocks()) {
      return new ReserveResult.TooLarge(form.bytes(), places.bytes());
    }
    ReserveResult.NoSpace shortage = places.shortageFor(form);
    if (shortage != null) {
      return shortage;
    }
    Entry entry = Entry.of(head.key(), form);
    entry.expiresAtMs = head.expiresAtMs();
    long usableAfter = places.take(entry, entryOf(head.predecessor()), followingBytes);
    Reservation reservation =
        new Reservation(
            entry,
            head.key(),
            new Place(places.payloadOffset(entry), entry.bytes()),
            places.recordPlace(entry),
            usableAfter);
    writing.begin(reservation);
    return new ReserveResult.Reserved(reservation);
  }

  /** Why a put of this key in this mode can come to nothing only; null where it need not. */
  public ReserveResult.@Nullable Refusal refusal(ChunkKey key, PutMode mode) {
    return switch (mode) {
      case REPLACE -> null;
      case KEEP_EXISTING -> contains(key) ? new ReserveResult.Present() : null;
      case REPLACE_EXISTING -> contains(key) ? null : new ReserveResult.Absent();
    };
  }

  /** The put that has claimed this key; null for none. */
  public @Nullable Reservation claimOf(ChunkKey key) {
    return writing.of(key);
  }

  /**
   * Claims the key of a put, whose turn among all puts is now. Nobody has claimed it, and the mode
   * does not refuse it.
   */
  public void claim(Reservation reservation) {
    if (writing.of(reservation.key()) != null) {
      throw new IllegalStateException("claimed already: the key of " + reservation.entry);
    }
    reservation.sequence = ++sequence;
    writing.claim(reservation);
  }

  /** What is being written of a key, or else what is readable. */
  private @Nullable Entry entryOf(@Nullable ChunkKey key) {
    if (key == null) {
      return null;
    }
    Reservation reservation = writing.newestOf(key);
    return reservation != null ? reservation.entry : entries.get(key);
  }

  /**
   * Says that a chunk's payload is in its place.
   *
   * @param sums its checksums, if the store has any
   * @return the record to be written down, after which the chunk can be committed; null where no
   *     records are kept, or the chunk was removed meanwhile and needs none
   */
  public @Nullable PendingRecord written(Reservation reservation, SliceSums sums) {
    Entry entry = reservation.entry;
    entry.summed(sums);
    if (!entry.hasRecord() || reservation.withdrawn) {
      return null;
    }
    entry.recorded(true);
    entries.stamp(entry);
    return new PendingRecord(
        entry.firstUnit,
        entry.record(reservation.key(), setup.mediaGeneration(), reservation.sequence),
        reservation.arenaOffset());
  }

  /**
   * Makes a written chunk, which has claimed its key, readable, in place of an older one.
   *
   * @return false where the key was removed meanwhile: the chunk is dropped and never seen
   */
  public boolean commit(Reservation reservation) {
    if (reservation.withdrawn) {
      abort(reservation);
      return false;
    }
    if (reservation.open && writing.of(reservation.key()) != reservation) {
      throw new IllegalStateException("not claimed: the key of " + reservation.entry);
    }
    writing.end(reservation);
    Entry entry = reservation.entry;
    ChunkKey key = reservation.key();
    entries.remove(key);
    entries.stamp(entry);
    entries.enter(entry, key);
    observer.stored(key, entry.bytes());
    writing.wakeWaiting(reservation);
    return true;
  }

  /** Gives a put up: what was written is never seen, and its extent is free. */
  public void abort(Reservation reservation) {
    writing.end(reservation);
    entries.bury(
        reservation.entry,
        reservation.key(),
        Math.max(reservation.usableAfter(), reservation.invalidation));
    writing.wakeWaiting(reservation);
  }

  /** Gives a put up because the arena's memory faulted: its extent is put out of use. */
  public void abortCondemned(Reservation reservation) {
    entries.quarantine(reservation.entry);
    abort(reservation);
  }

  /** Gives a put up because its record could not be written: that place is put out of use. */
  public void abortUnrecorded(Reservation reservation) {
    reservation.entry.quarantineRecord();
    abort(reservation);
  }

  // --- Reads

  /**
   * The right to read a chunk.
   *
   * @return null where there is no such chunk
   */
  public @Nullable Lease lease(ChunkKey key) {
    Entry entry = entries.get(key);
    return entry == null ? null : lease(entry, key, setup.nanoTime().getAsLong());
  }

  /** The right to read each of the consecutive hits from the first key, all since one moment. */
  public List<Lease> leasePrefix(List<ChunkKey> keys) {
    long nowNs = setup.nanoTime().getAsLong();
    List<Lease> prefix = new ArrayList<>(keys.size());
    for (ChunkKey key : keys) {
      Entry entry = entries.get(key);
      if (entry == null) {
        break;
      }
      prefix.add(lease(entry, key, nowNs));
    }
    return prefix;
  }

  private Lease lease(Entry entry, ChunkKey key, long nowNs) {
    Lease lease = new Lease(entry, key, places.payloadOffset(entry), nowNs);
    leases.add(lease);
    entries.lease(entry);
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
    if (used && entry.isReadable()) {
      entries.used(entry);
    }
    entries.release(entry);
  }

  /**
   * The right to read the next chunk on a walk round all of them, in the order of their places.
   *
   * @return null where there is none nearby: ask again later
   */
  public @Nullable Lease leaseNext() {
    Entry next = places.next();
    return next == null ? null : lease(next, next.key(), setup.nanoTime().getAsLong());
  }

  /** Notes that a chunk's bytes agree with its checksums. */
  public void verified(Lease lease) {
    lease.entry.verified();
  }

  /**
   * Gives a lease back because the chunk's memory faulted: the chunk is gone, and its extent out of
   * use once the other readers are out.
   */
  public void condemn(Lease lease) {
    Entry entry = lease.entry;
    if (entry.isReadable() && !entry.isQuarantined()) {
      observer.quarantined(lease.key(), entry.bytes());
    }
    lose(lease);
  }

  /**
   * Gives a lease back because the chunk's bytes are not those that were put: the chunk is gone.
   * Its extent is out of use, too, until the store is opened again, for nothing tells a stray write
   * from memory that no longer keeps what it is given.
   */
  public void corrupted(Lease lease) {
    Entry entry = lease.entry;
    if (entry.isReadable() && !entry.isQuarantined()) {
      observer.corrupted(lease.key(), entry.bytes());
    }
    lose(lease);
  }

  private void lose(Lease lease) {
    entries.quarantine(lease.entry);
    if (lease.entry.isReadable()) {
      entries.drop(lease.entry, lease.key());
    }
    release(lease, false);
  }

  /** Whether the chunk is there. Does not touch its recency. */
  public boolean contains(ChunkKey key) {
    return entries.get(key) != null;
  }

  /**
   * Keeps a chunk from being evicted.
   *
   * @return null where there is no such chunk
   */
  public @Nullable Pin pin(ChunkKey key) {
    Entry entry = entries.get(key);
    if (entry == null) {
      return null;
    }
    entries.pin(entry);
    return new Pin(entry, key);
  }

  /** Gives a pin back. Does not touch the chunk's recency. */
  public void unpin(Pin pin) {
    if (!pin.open) {
      throw new IllegalStateException("returned twice: pin of " + pin.entry);
    }
    pin.open = false;
    entries.unpin(pin.entry);
  }

  // --- Removal

  /**
   * Removes a chunk, pinned or not, and cancels a put of it that is under way. Readers finish.
   *
   * @return whether there was anything to remove
   */
  public boolean remove(ChunkKey key) {
    Reservation reservation = writing.of(key);
    boolean withdrawn = reservation != null && !reservation.withdrawn;
    if (withdrawn) {
      reservation.withdrawn = true;
      reservation.invalidation = entries.invalidate(reservation.entry, key);
    }
    boolean removed = entries.remove(key);
    return removed || withdrawn;
  }

  // --- Figures

  /** What there is, without reading it. */
  public Catalogue catalogue() {
    return catalogue;
  }

  /** The space for payloads, in bytes. */
  public long arenaBytes() {
    return places.bytes();
  }

  /** The state of the store in numbers. */
  public StoreFigures figures() {
    Lease oldest = leases.oldest();
    ExtentSpace<Entry> blocks = places.blocks();
    return new StoreFigures(
        places.bytes(),
        places.bytesOf(blocks.freeBlocks()),
        places.bytesOf(blocks.largestRun()),
        blocks.freeRuns(),
        places.quarantinedBytes(),
        places.recordAreaBytes(),
        places.recordBytes(),
        entries.size(),
        entries.bytes(),
        entries.pinned(),
        leases.size(),
        oldest == null ? 0 : setup.nanoTime().getAsLong() - oldest.takenAtNs,
        writing.size(),
        entries.dropped());
  }

  /** Where all entries lie, for tests that recount them. */
  Places places() {
    return places;
  }
}
