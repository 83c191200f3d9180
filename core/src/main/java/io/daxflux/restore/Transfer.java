package io.daxflux.restore;

/**
 * One piece of work for the planner: bytes of the arena and the bytes of memory they correspond to.
 *
 * @param chunk the ordinal of the chunk these bytes belong to, in the order of the request
 * @param arenaOffset where they lie in the arena
 * @param memory which of the request's memory segments holds the other side
 * @param memoryOffset where they lie in it
 * @param bytes how many, at least 1
 */
public record Transfer(int chunk, long arenaOffset, int memory, long memoryOffset, long bytes) {}
