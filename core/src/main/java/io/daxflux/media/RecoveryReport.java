package io.daxflux.media;

import java.util.List;
import java.util.Map;

/**
 * How a recovery went.
 *
 * @param formatted whether the device was formatted, and so has nothing on it
 * @param closedCleanly whether the store was closed in order when it was last open
 * @param unitsScanned how many record units were looked at
 * @param recovered how many records were recovered
 * @param dropped how many records that looked live were not, for each reason that occurred
 * @param foreign how many records belong to another format of the device; they count as free
 * @param unreadable units that cannot be read and must not be used, in ascending order
 * @param highestSequence the highest sequence of any record that could be read; 0 for none
 * @param highestLastUse the latest use of any chunk recovered; 0 for none
 * @param nanoseconds how long it took
 */
public record RecoveryReport(
    boolean formatted,
    boolean closedCleanly,
    long unitsScanned,
    long recovered,
    Map<DropReason, Long> dropped,
    long foreign,
    List<UnitRange> unreadable,
    long highestSequence,
    long highestLastUse,
    long nanoseconds) {
  /** Copies the map and the list. */
  public RecoveryReport {
    dropped = Map.copyOf(dropped);
    unreadable = List.copyOf(unreadable);
  }

  /** How many records were not recovered for this reason. */
  public long dropped(DropReason reason) {
    return dropped.getOrDefault(reason, 0L);
  }
}
