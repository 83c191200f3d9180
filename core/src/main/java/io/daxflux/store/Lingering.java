package io.daxflux.store;

import java.util.IdentityHashMap;

/**
 * Entries that are out of the index and still being read, with the event that must be over before
 * their places are used anew.
 */
final class Lingering {
  private final IdentityHashMap<Entry, Long> usableAfter = new IdentityHashMap<>();

  void add(Entry entry, long placeUsableAfter) {
    usableAfter.put(entry, placeUsableAfter);
  }

  /** The last reader is out; returns the event. */
  long remove(Entry entry) {
    return usableAfter.remove(entry);
  }

  int size() {
    return usableAfter.size();
  }
}
