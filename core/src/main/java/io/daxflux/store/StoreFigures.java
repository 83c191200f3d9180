package io.daxflux.store;

/**
 * The state of a store in numbers, as of one moment.
 *
 * @param arenaBytes the whole arena
 * @param freeBytes what nobody owns
 * @param largestRunBytes the longest free run
 * @param freeRuns how many separate free runs there are
 * @param quarantinedBytes extents out of use because their memory faulted or lost what it held
 * @param recordAreaBytes the space of records; 0 where none are kept
 * @param recordBytes what is taken of it
 * @param entries readable chunks
 * @param entryBytes their payload
 * @param pinned chunks that are pinned at least once
 * @param leases rights to read that are out
 * @param oldestLeaseAgeNs the age of the oldest of them; 0 where none is out
 * @param reservations puts under way
 * @param dropped chunks that are out of the index but still being read
 */
public record StoreFigures(
    long arenaBytes,
    long freeBytes,
    long largestRunBytes,
    int freeRuns,
    long quarantinedBytes,
    long recordAreaBytes,
    long recordBytes,
    int entries,
    long entryBytes,
    int pinned,
    int leases,
    long oldestLeaseAgeNs,
    int reservations,
    int dropped) {}
