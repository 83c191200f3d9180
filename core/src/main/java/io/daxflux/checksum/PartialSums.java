package io.daxflux.checksum;

/**
 * The sums of one payload's slices while they come in, in any order. Not safe for use by several
 * threads.
 */
public final class PartialSums {
  private final int[] sums;
  private final boolean[] known;
  private int missing;

  /** Of a payload of this length, of which no sum is there yet. */
  public PartialSums(long payloadBytes) {
    missing = PayloadSlices.count(payloadBytes);
    sums = new int[missing];
    known = new boolean[missing];
  }

  /** Takes down a slice's sum; the last one told stands, for its bytes were copied last. */
  public void put(int slice, int sum) {
    if (!known[slice]) {
      known[slice] = true;
      missing--;
    }
    sums[slice] = sum;
  }

  /**
   * All sums; of an empty payload they are there from the start.
   *
   * @throws IllegalStateException where some are missing
   */
  public SliceSums toSums() {
    if (missing > 0) {
      throw new IllegalStateException(
          "checksums: expected all of " + sums.length + ", found " + missing + " missing");
    }
    return SliceSums.of(sums);
  }
}
