package io.daxflux.reactive.session;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.MissReason;
import io.daxflux.reactive.outcome.PrefixEnd;
import io.daxflux.reactive.outcome.PrefixEnd.Reason;
import io.daxflux.store.Lease;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a prefix that is leased and not yet being copied. It reaches as far ahead as one
 * request may hold of the arena, and moves on as chunks are taken from it. Knows why there are no
 * more, once there are none.
 */
final class PrefixReservation {
  private final StoreLoop loop;
  private final List<ChunkKey> keys;
  private final Deque<ChunkRead> reserved = new ArrayDeque<>();
  private long reservedBytes;
  private int nextKey;
  private @Nullable Reason reason;
  private @Nullable MissReason miss;

  PrefixReservation(StoreLoop loop, List<ChunkKey> keys) {
    this.loop = loop;
    this.keys = keys;
  }

  /** Looks whether there is a prefix worth restoring at all. */
  void open() {
    if (!loop.retrieves()) {
      endHere(Reason.MISS, MissReason.RETRIEVAL_OFF);
    } else if (loop.isTooShort(keys)) {
      endHere(Reason.TOO_SHORT, null);
    }
  }

  /** Leases on, as far as one request may; always the next chunk at least. */
  void extend() {
    while (reason == null && (reserved.isEmpty() || reservedBytes < loop.mostReservedBytes())) {
      if (nextKey == keys.size()) {
        reason = Reason.WHOLE;
        return;
      }
      Lease lease = loop.store().lease(keys.get(nextKey));
      if (lease == null) {
        reason = Reason.MISS;
        miss = loop.reader().missReason(keys.get(nextKey));
        return;
      }
      reserved.add(loop.reader().begin(nextKey++, lease));
      reservedBytes += lease.bytes();
    }
  }

  boolean isEmpty() {
    return reserved.isEmpty();
  }

  /**
   * The lengths of the next chunks: at least one, at most so many, and no more than so many bytes
   * together unless it is one.
   */
  long[] window(long atMost, long mostBytes) {
    long[] bytes = new long[(int) Math.min(atMost, reserved.size())];
    long total = 0;
    int count = 0;
    Iterator<ChunkRead> following = reserved.iterator();
    while (count < bytes.length) {
      long length = following.next().lease.bytes();
      if (count > 0 && total + length > mostBytes) {
        break;
      }
      bytes[count++] = length;
      total += length;
    }
    return Arrays.copyOf(bytes, count);
  }

  /** What the next chunk takes of the output memory. */
  long nextFootprintBytes() {
    return loop.outputs().footprint(reserved.element().lease.bytes());
  }

  /** The next chunk, the caller's from here. */
  ChunkRead take() {
    ChunkRead read = reserved.remove();
    reservedBytes -= read.lease.bytes();
    return read;
  }

  /** Ends the prefix before what is reserved. The last reason given is the one that counts. */
  void endHere(Reason why, @Nullable MissReason missReason) {
    giveBackAll();
    reason = why;
    miss = missReason;
  }

  void giveBackAll() {
    reserved.forEach(read -> loop.store().release(read.lease, false));
    reserved.clear();
    reservedBytes = 0;
  }

  PrefixEnd end(int delivered) {
    return new PrefixEnd(delivered, reason, miss);
  }
}
