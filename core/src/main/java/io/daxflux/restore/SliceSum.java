package io.daxflux.restore;

/**
 * The CRC32C of one slice of a chunk's payload, as it was copied.
 *
 * @param chunk the chunk ({@link Transfer#chunk()})
 * @param slice which of its slices
 * @param sum the checksum
 */
public record SliceSum(int chunk, int slice, int sum) {}
