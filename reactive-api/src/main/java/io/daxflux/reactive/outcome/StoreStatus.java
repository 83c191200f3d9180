package io.daxflux.reactive.outcome;

import io.daxflux.device.Device;
import java.time.Duration;

/**
 * A store in numbers, as of one moment.
 *
 * @param device what it works on
 * @param media how lasting what is stored on it is
 * @param arena the device's space
 * @param outputs the output memory
 * @param readers who holds what
 * @param counters what has happened since the store was opened
 */
public record StoreStatus(
    DeviceStatus device,
    MediaStatus media,
    Arena arena,
    Outputs outputs,
    Readers readers,
    Counters counters) {

  /**
   * The device.
   *
   * @param name its path, or {@code memory:}
   * @param kind what it is
   * @param bytes what is mapped of it
   * @param copyEngine what copies from and to it: {@code jvm}, or {@code native} with the
   *     instructions that it uses
   */
  public record DeviceStatus(String name, Device.Kind kind, long bytes, String copyEngine) {}

  /**
   * How lasting what is stored is, and what was found when the store was opened.
   *
   * @param durability what a stored chunk survives
   * @param weakness what the device cannot do, and why; empty where it can do all that is asked
   * @param recovered chunks that were found
   * @param dropped records that were found and given up, for being damaged or contradictory
   * @param recoveryTime how long finding them took
   * @param recordAreaBytes the space of records; 0 where none are kept
   * @param recordBytes what is taken of it
   */
  public record MediaStatus(
      Device.Durability durability,
      String weakness,
      long recovered,
      long dropped,
      Duration recoveryTime,
      long recordAreaBytes,
      long recordBytes) {}

  /**
   * The arena's space.
   *
   * @param bytes all of it
   * @param freeBytes what nobody owns
   * @param largestRunBytes the longest free run
   * @param freeRuns how many separate free runs there are
   * @param quarantinedBytes extents out of use because their memory faulted or lost what it held
   * @param chunks how many can be read
   * @param chunkBytes their payload
   */
  public record Arena(
      long bytes,
      long freeBytes,
      long largestRunBytes,
      int freeRuns,
      long quarantinedBytes,
      int chunks,
      long chunkBytes) {}

  /**
   * The output memory.
   *
   * @param bytes the budget
   * @param freeBytes what is free of it
   * @param largestRunBytes the longest free run
   * @param chunksOut outputs that are being filled or are owned by receivers
   */
  public record Outputs(long bytes, long freeBytes, long largestRunBytes, int chunksOut) {}

  /**
   * Who holds what.
   *
   * @param sessions requests under way, this one not counted
   * @param regionsInFlight regions being copied
   * @param reservations puts that have a place and are not yet visible
   * @param leases rights to read that are out
   * @param oldestLeaseAge the age of the oldest; zero where none is out
   * @param pinnedChunks chunks pinned at least once
   * @param handlesOut restored chunks, borrowed and pinned prefixes that receivers have not closed
   */
  public record Readers(
      int sessions,
      int regionsInFlight,
      int reservations,
      int leases,
      Duration oldestLeaseAge,
      int pinnedChunks,
      int handlesOut) {}

  /**
   * Totals since the store was opened.
   *
   * @param stored chunks that became readable
   * @param evicted chunks that made room
   * @param removed chunks removed or replaced
   * @param expired chunks whose time was over
   * @param quarantined chunks lost to memory faults
   * @param corrupt chunks lost because their bytes had changed
   * @param hits chunks served
   * @param misses chunks asked for and not served
   * @param restoredBytes payload copied out
   * @param scrubbedBytes payload verified in the background
   */
  public record Counters(
      long stored,
      long evicted,
      long removed,
      long expired,
      long quarantined,
      long corrupt,
      long hits,
      long misses,
      long restoredBytes,
      long scrubbedBytes) {}

  /** Whether nothing is out and nothing is under way. */
  public boolean isQuiet() {
    return readers.sessions == 0
        && readers.regionsInFlight == 0
        && readers.reservations == 0
        && readers.leases == 0
        && readers.handlesOut == 0
        && outputs.chunksOut == 0;
  }
}
