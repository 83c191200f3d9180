package io.daxflux.store;

import io.daxflux.chunk.ChunkKey;
import org.jspecify.annotations.Nullable;

/**
 * What an eviction policy orders. The links and marks below are the policy's own, so that keeping
 * order costs no further objects.
 */
abstract class Evictable {
  /** The neighbour that makes room before this entry does. */
  @Nullable Evictable colder;

  /** The neighbour that makes room after it. */
  @Nullable Evictable warmer;

  /** Which of the policy's queues the entry stands in, negative once parked; 0 is none. */
  byte queue;

  /** How often it was used, as far as the policy counts. */
  int uses;

  /** Pinned, or read right now: not to be chosen. */
  boolean withdrawn;

  /** The entry's name, by which a policy may remember it after it has gone. */
  abstract ChunkKey key();

  /** How much of the arena it takes. */
  abstract long blocks();
}
