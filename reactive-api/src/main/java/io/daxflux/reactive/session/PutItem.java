package io.daxflux.reactive.session;

import io.daxflux.checksum.PartialSums;
import io.daxflux.checksum.SliceSums;
import io.daxflux.chunk.Chunk;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.restore.CheckedPayload;
import io.daxflux.restore.SliceSum;
import io.daxflux.restore.Transfer;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One chunk of a put: waiting for its turn or its place, being written, or settled. */
final class PutItem {
  final int index;
  final Chunk chunk;

  /** Which of the request's memory segments is its first; the others follow. */
  private final int firstMemory;

  /** Its place; null before it has one. */
  @Nullable PutPlace place;

  /** What the subscriber is told; null until that is known. */
  @Nullable PutOutcome outcome;

  /** Its checksums as they come in; null where it is stored without. */
  private final @Nullable PartialSums sums;

  private long missingBytes;
  private boolean settled;

  /**
   * @param firstMemory which of the request's memory segments is its first
   * @param checked whether it is stored with checksums
   */
  PutItem(int index, Chunk chunk, int firstMemory, boolean checked) {
    this.index = index;
    this.chunk = chunk;
    this.firstMemory = firstMemory;
    this.missingBytes = chunk.layout().bytes();
    this.sums = checked ? new PartialSums(missingBytes) : null;
  }

  /** What there is to copy: a transfer for every piece of payload that is not empty. */
  List<Transfer> transfers() {
    List<Transfer> transfers = new ArrayList<>(chunk.payload().size());
    long offset = place.reservation().arenaOffset();
    CheckedPayload checked =
        sums == null || missingBytes == 0
            ? null
            : CheckedPayload.unsummed(offset, chunk.layout().bytes());
    int memory = firstMemory;
    for (MemorySegment piece : chunk.payload()) {
      if (piece.byteSize() > 0) {
        transfers.add(new Transfer(index, offset, memory, 0, piece.byteSize(), checked));
      }
      offset += piece.byteSize();
      memory++;
    }
    return transfers;
  }

  void account(Transfer part) {
    missingBytes -= part.bytes();
  }

  /** The checksums of its payload. */
  SliceSums sums() {
    return sums == null ? SliceSums.NONE : sums.toSums();
  }

  void account(SliceSum sum) {
    sums.put(sum.slice(), sum.sum());
  }

  /** Whether no worker reads or writes for it any more. */
  boolean isCopied() {
    return missingBytes == 0;
  }

  boolean isSettled() {
    return settled;
  }

  void settle() {
    settled = true;
  }
}
