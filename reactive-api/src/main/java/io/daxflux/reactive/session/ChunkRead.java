package io.daxflux.reactive.session;

import io.daxflux.buffer.Output;
import io.daxflux.restore.Transfer;
import io.daxflux.store.Lease;
import org.jspecify.annotations.Nullable;

/** One chunk of a restore, from its lease until its bytes are there. */
final class ChunkRead {
  final int index;
  final Lease lease;

  /** Where its bytes go; null where that is the caller's memory, or not yet known. */
  @Nullable Output output;

  /** How many bytes are not yet accounted for by a region that came back. */
  long missingBytes;

  /** Its lease is back. */
  boolean leaseReturned;

  /** Some of its bytes could not be copied because memory faulted. */
  boolean faulted;

  /** The arena's own bytes faulted. */
  boolean arenaFaulted;

  ChunkRead(int index, Lease lease) {
    this.index = index;
    this.lease = lease;
    this.missingBytes = lease.bytes();
  }

  boolean isComplete() {
    return missingBytes == 0;
  }

  /** What there is to copy; null for an empty chunk. */
  @Nullable Transfer into(int memory, long memoryOffset) {
    return lease.bytes() == 0
        ? null
        : new Transfer(index, lease.arenaOffset(), memory, memoryOffset, lease.bytes());
  }
}
