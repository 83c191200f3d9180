package io.daxflux.store;

import java.util.ArrayList;
import java.util.List;

/** Asks policies for victims. */
final class Evictions {
  private Evictions() {}

  /** Evicts the next entry; null where there is none. */
  static Evictable evict(EvictionPolicy policy) {
    Evictable victim = policy.victim();
    if (victim != null) {
      policy.removed(victim);
    }
    return victim;
  }

  /** Evicts all there is, in order. */
  static List<Evictable> drain(EvictionPolicy policy) {
    List<Evictable> victims = new ArrayList<>();
    for (Evictable victim = evict(policy); victim != null; victim = evict(policy)) {
      victims.add(victim);
    }
    return victims;
  }

  /** Adds new one-block entries of these names, in order. */
  static List<TestEntry> add(EvictionPolicy policy, String... names) {
    List<TestEntry> entries = new ArrayList<>();
    for (String name : names) {
      TestEntry entry = TestEntry.of(name);
      policy.added(entry);
      entries.add(entry);
    }
    return entries;
  }
}
