package io.daxflux.media;

/**
 * A chunk that was found on a device.
 *
 * @param unit the first record unit of its record
 * @param units how many record units that takes
 * @param record what it says
 */
public record RecoveredChunk(long unit, int units, ChunkRecord record) {}
