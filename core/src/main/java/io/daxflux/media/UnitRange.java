package io.daxflux.media;

/**
 * A run of record units.
 *
 * @param first the first one
 * @param units how many there are, at least 1
 */
public record UnitRange(long first, long units) {}
