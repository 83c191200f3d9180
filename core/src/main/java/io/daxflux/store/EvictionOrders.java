package io.daxflux.store;

import io.daxflux.config.CachePolicy;

/**
 * Who makes room: one order for chunks that take blocks, and one for values that lie in their
 * records. So neither is evicted for room that it does not have.
 *
 * @param payloads orders chunks that take blocks
 * @param values orders values that lie in their records
 */
record EvictionOrders(EvictionPolicy payloads, EvictionPolicy values) {

  static EvictionOrders of(CachePolicy policy, ArenaLayout layout) {
    return new EvictionOrders(
        EvictionPolicies.of(policy, layout.blocks()),
        EvictionPolicies.of(policy, Math.max(1, layout.units())));
  }

  EvictionPolicy of(Entry entry) {
    return entry.isInline() ? values : payloads;
  }
}
