package io.daxflux.restore;

/**
 * Bytes that are adjacent on both sides: one run of the arena, one run of one memory segment.
 *
 * @param arenaOffset where they lie in the arena
 * @param memory which of the request's memory segments holds the other side
 * @param memoryOffset where they lie in it
 * @param bytes how many, at least 1
 */
public record Span(long arenaOffset, int memory, long memoryOffset, long bytes) {}
