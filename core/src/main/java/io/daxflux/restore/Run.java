package io.daxflux.restore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Transfers that are cut as one: one alone, or those that hold slices of one checked payload. */
final class Run {
  private final Transfer[] transfers;
  private final @Nullable CheckedPayload checked;
  private final long bytes;

  /** The transfer that is taken from next, and how much of it and of the run was taken. */
  private int next;

  private long takenOfNext;
  private long taken;

  /**
   * @param first the first of them
   * @param end behind the last
   */
  Run(Transfer[] transfers, int first, int end) {
    this.transfers = transfers;
    this.checked = transfers[first].checked();
    this.next = first;
    long sum = 0;
    for (int i = first; i < end; i++) {
      sum += transfers[i].bytes();
    }
    this.bytes = sum;
    if (checked != null) {
      requireWholeSlices(first, end);
    }
  }

  private void requireWholeSlices(int first, int end) {
    long start = transfers[first].arenaOffset() - checked.arenaOffset();
    long from = start;
    for (int i = first; i < end; i++) {
      if (transfers[i].arenaOffset() - checked.arenaOffset() != from) {
        throw notWholeSlices(first, "bytes out of order");
      }
      from += transfers[i].bytes();
    }
    if (start < 0
        || from > checked.bytes()
        || !checked.isBoundary(start)
        || !checked.isBoundary(from)) {
      throw notWholeSlices(first, "bytes " + start + " to " + from);
    }
  }

  private IllegalArgumentException notWholeSlices(int first, String found) {
    return new IllegalArgumentException(
        "transfers of chunk "
            + transfers[first].chunk()
            + ": expected whole checksum slices of its payload, in order, found "
            + found);
  }

  long bytes() {
    return bytes;
  }

  boolean isChecked() {
    return checked != null;
  }

  /** The end of a slice that is nearest to so many bytes behind the start; the start before it. */
  long nearestBoundary(long position) {
    long within = Math.clamp(position, 0, bytes);
    long sliceBytes = checked.sliceBytes();
    long before = within / sliceBytes * sliceBytes;
    long behind = Math.min(before + sliceBytes, bytes);
    return within - before < behind - within ? before : behind;
  }

  /** Takes what was not yet taken of the first so many bytes. */
  void takeUntil(long position, List<Transfer> parts) {
    while (taken < position) {
      Transfer transfer = transfers[next];
      long part = Math.min(transfer.bytes() - takenOfNext, position - taken);
      parts.add(part == transfer.bytes() ? transfer : transfer.part(takenOfNext, part));
      taken += part;
      takenOfNext += part;
      if (takenOfNext == transfer.bytes()) {
        next++;
        takenOfNext = 0;
      }
    }
  }
}
