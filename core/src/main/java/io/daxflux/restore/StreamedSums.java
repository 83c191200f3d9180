package io.daxflux.restore;

import io.daxflux.checksum.PartialSums;
import io.daxflux.checksum.SliceSums;
import io.daxflux.device.Faults;
import java.lang.foreign.MemorySegment;

/**
 * The checksums of one payload whose bytes come in order, in parts of any length. The parts may
 * fault: they are read by way of a small private buffer, which is what is summed.
 *
 * <p>Used by one thread at a time.
 */
public final class StreamedSums {
  /** How much of a part is best copied before it is summed: the cache still has it then. */
  public static final long PIECE_BYTES = CheckedPieces.BYTES;

  private final PartialSums sums;
  private final Sample sample = new Sample();
  private final SliceChecks checks = new SliceChecks(sample.sum());

  /** Of a payload of this length. */
  public StreamedSums(long payloadBytes) {
    this.sums = new PartialSums(payloadBytes);
    if (payloadBytes > 0) {
      CheckedPayload payload = CheckedPayload.unsummed(0, payloadBytes);
      checks.begin(new Transfer(0, 0, 0, 0, payloadBytes, payload));
    }
  }

  /**
   * Sums the payload's next bytes; no more than it has.
   *
   * @return false where their memory faulted: there are no sums to be had any more
   */
  public boolean add(MemorySegment part, long from, long bytes) {
    return Faults.survived(() -> sample.check(part, from, bytes, checks));
  }

  /**
   * All sums.
   *
   * @throws IllegalStateException where bytes are missing
   */
  public SliceSums toSums() {
    checks.sums().forEach(sum -> sums.put(sum.slice(), sum.sum()));
    return sums.toSums();
  }
}
