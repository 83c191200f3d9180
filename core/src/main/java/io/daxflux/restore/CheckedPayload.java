package io.daxflux.restore;

import io.daxflux.checksum.PayloadSlices;
import io.daxflux.checksum.SliceSums;

/**
 * The payload that checked transfers belong to, which says where its checksum slices lie.
 *
 * @param arenaOffset where it starts in the arena
 * @param bytes how long it is, at least 1
 * @param sums what its slices have to sum to; {@link SliceSums#NONE} where that is to be found out
 */
public record CheckedPayload(long arenaOffset, long bytes, SliceSums sums) {
  /** Checks that there is a sum for every slice, if there are any. */
  public CheckedPayload {
    if (bytes < 1) {
      throw new IllegalArgumentException("checked payload: expected bytes, found " + bytes);
    }
    if (sums.areKnown() && sums.count() != PayloadSlices.count(bytes)) {
      throw new IllegalArgumentException(
          "checked payload of "
              + bytes
              + " bytes: expected "
              + PayloadSlices.count(bytes)
              + " sums, found "
              + sums.count());
    }
  }

  /** A payload whose sums are to be computed. */
  public static CheckedPayload unsummed(long arenaOffset, long bytes) {
    return new CheckedPayload(arenaOffset, bytes, SliceSums.NONE);
  }

  /** How long its slices are; the last one may be shorter. */
  long sliceBytes() {
    return PayloadSlices.bytes(bytes);
  }

  /** Whether a slice starts or ends so many bytes behind the payload's start. */
  boolean isBoundary(long offset) {
    return offset == bytes || offset % sliceBytes() == 0;
  }
}
