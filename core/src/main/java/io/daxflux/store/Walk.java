package io.daxflux.store;

import io.daxflux.extent.Extent;
import io.daxflux.extent.ExtentSpace;
import org.jspecify.annotations.Nullable;

/**
 * Goes round the entries of a space in the order of their places, one at a time, while others come
 * and go. An entry that stays is met once a round; one that comes may be met or not.
 */
final class Walk {
  /** How many extents are looked at for the next entry. */
  private static final int MOST_STEPS = 1_000;

  private final ExtentSpace<Entry> space;

  /**
   * Where it stands; null before the start. Never free: free runs are joined, and then replaced.
   */
  private @Nullable Extent<Entry> at;

  Walk(ExtentSpace<Entry> space) {
    this.space = space;
  }

  /** The next readable entry; null where none was found nearby: ask again later. */
  @Nullable Entry next() {
    for (int i = 0; i < MOST_STEPS; i++) {
      Extent<Entry> next = at == null ? space.first() : at.next();
      if (next != null && next.isFree()) {
        next = next.next();
      }
      at = next;
      if (next == null) {
        return null;
      }
      if (next.owner().state == Entry.State.READABLE) {
        return next.owner();
      }
    }
    return null;
  }

  /** An extent is about to become free: steps back if it stands there. */
  void leave(Extent<Entry> extent) {
    if (extent == at) {
      Extent<Entry> before = at.previous();
      at = before != null && before.isFree() ? before.previous() : before;
    }
  }
}
