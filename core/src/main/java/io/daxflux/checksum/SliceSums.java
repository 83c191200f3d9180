package io.daxflux.checksum;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The CRC32C (Castagnoli, RFC 3720) of each {@linkplain PayloadSlices slice} of one payload.
 * Immutable.
 */
public final class SliceSums {
  /** Nothing is known: the payload was stored unchecked. */
  public static final SliceSums NONE = new SliceSums(null);

  private final int @Nullable [] sums;

  private SliceSums(int @Nullable [] sums) {
    this.sums = sums;
  }

  /** The sums of all slices of a payload, in order; copied. */
  public static SliceSums of(int... sums) {
    return new SliceSums(sums.clone());
  }

  /** Whether there is a sum for every slice; false for {@link #NONE}. */
  public boolean areKnown() {
    return sums != null;
  }

  /** How many there are; 0 where none are known, and for an empty payload. */
  public int count() {
    return sums == null ? 0 : sums.length;
  }

  /** The sum of one slice. */
  public int sum(int slice) {
    if (sums == null) {
      throw new IllegalStateException("expected checksums, found an unchecked payload");
    }
    return sums[slice];
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SliceSums that && Arrays.equals(sums, that.sums);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sums);
  }

  @Override
  public String toString() {
    return sums == null ? "unchecked" : Arrays.toString(sums);
  }
}
