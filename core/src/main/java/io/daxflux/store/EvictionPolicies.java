package io.daxflux.store;

import io.daxflux.config.CachePolicy;

final class EvictionPolicies {
  static EvictionPolicy of(CachePolicy p, long capacityBlocks) {
    throw new IllegalStateException();
  }
}
