package io.daxflux.checksum;

/**
 * How a chunk's payload is cut into the slices that are checked one by one: as few equal slices of
 * at most 4 MiB as hold it, each but the last a multiple of 64 bytes. A function of the payload's
 * length alone, and part of the media format.
 *
 * <p>Fixed slices are what lets several workers check one chunk, each by itself, for checksums of
 * parts cannot be joined cheaply; equal ones let them share the work evenly.
 */
public final class PayloadSlices {
  /** The longest slice. */
  public static final long MOST_BYTES = 4L << 20;

  private static final long LINE_BYTES = 64;

  private PayloadSlices() {}

  /** How many slices a payload of this length has; none where it is empty. */
  public static int count(long payloadBytes) {
    return payloadBytes == 0 ? 0 : (int) Math.ceilDiv(payloadBytes, bytes(payloadBytes));
  }

  /** How long each slice is; the last one has what is left, at least 1 byte. */
  public static long bytes(long payloadBytes) {
    long fewest = Math.max(1, Math.ceilDiv(payloadBytes, MOST_BYTES));
    long even = Math.ceilDiv(payloadBytes, fewest);
    return Math.max(LINE_BYTES, Math.ceilDiv(even, LINE_BYTES) * LINE_BYTES);
  }
}
