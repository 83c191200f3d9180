package io.daxflux.store;

import io.daxflux.config.CachePolicy;

/** Makes the policy that a configuration names. */
final class EvictionPolicies {
  private EvictionPolicies() {}

  /**
   * A policy without entries.
   *
   * @param capacityBlocks the blocks of the arena, at least 1
   */
  static EvictionPolicy of(CachePolicy policy, long capacityBlocks) {
    return switch (policy) {
      case LRU -> new LruPolicy();
      case FIFO -> new FifoPolicy();
      case LFU -> new LfuPolicy();
      case MRU -> new MruPolicy();
      case S3_FIFO -> new S3FifoPolicy(capacityBlocks);
    };
  }
}
