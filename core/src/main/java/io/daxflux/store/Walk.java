package io.daxflux.store;

import io.daxflux.extent.ExtentSpace;
import org.jspecify.annotations.Nullable;

/**
 * Goes round the entries of a space in the order of their places, one at a time, while others come
 * and go. An entry that stays is met once a round; one that comes may be met or not.
 */
final class Walk {
  /** How many entries are looked at for the next one that is readable. */
  private static final int MOST_STEPS = 1_000;

  private final ExtentSpace<Entry> space;

  /** Where it stands; null before the start. */
  private @Nullable Entry at;

  Walk(ExtentSpace<Entry> space) {
    this.space = space;
  }

  /** The next readable entry; null where none was found nearby: ask again later. */
  @Nullable Entry next() {
    for (int i = 0; i < MOST_STEPS; i++) {
      at = space.behind(at);
      if (at == null || at.isReadable()) {
        return at;
      }
    }
    return null;
  }

  /** An entry is about to leave a space: steps back if it stands there. */
  void leave(ExtentSpace<Entry> left, Entry entry) {
    if (left == space && entry.equals(at)) {
      at = space.before(entry);
    }
  }
}
