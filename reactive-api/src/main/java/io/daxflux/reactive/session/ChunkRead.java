package io.daxflux.reactive.session;

import io.daxflux.buffer.Output;
import io.daxflux.reactive.outcome.MissReason;
import io.daxflux.restore.CheckedPayload;
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

  /** Its bytes do not agree with its checksums. */
  boolean corrupt;

  /** What its bytes are compared with on their way; null where they are taken as they are. */
  private final @Nullable CheckedPayload checked;

  /**
   * @param verified whether its bytes are to be compared with its checksums
   */
  ChunkRead(int index, Lease lease, boolean verified) {
    this.index = index;
    this.lease = lease;
    this.missingBytes = lease.bytes();
    this.checked =
        verified && lease.bytes() > 0
            ? new CheckedPayload(lease.arenaOffset(), lease.bytes(), lease.sums())
            : null;
  }

  /** Whether its bytes are compared with its checksums. */
  boolean isChecked() {
    return checked != null;
  }

  /** Whether its bytes are there, and those that were put. */
  boolean isWhole() {
    return isComplete() && !faulted && !corrupt;
  }

  /** Why it is not whole. */
  MissReason missReason() {
    if (arenaFaulted) {
      return MissReason.MEMORY_FAULT;
    }
    return corrupt ? MissReason.CORRUPT : MissReason.OUTPUT_FAULT;
  }

  boolean isComplete() {
    return missingBytes == 0;
  }

  /** What there is to copy; null for an empty chunk. */
  @Nullable Transfer into(int memory, long memoryOffset) {
    return lease.bytes() == 0
        ? null
        : new Transfer(index, lease.arenaOffset(), memory, memoryOffset, lease.bytes(), checked);
  }
}
