package io.daxflux.store;

import org.jspecify.annotations.Nullable;

/** One queue: a policy is then where entries enter it and where a use moves them. */
abstract sealed class SingleQueuePolicy extends QueuedPolicy
    permits FifoPolicy, LruPolicy, MruPolicy {
  final EvictionQueue queue = new EvictionQueue(1);

  @Override
  final EvictionQueue queueOf(Evictable entry) {
    return queue;
  }

  @Override
  public final @Nullable Evictable victim() {
    return queue.coldest();
  }
}
