package io.daxflux.store;

import io.daxflux.extent.ExtentSpace;
import io.daxflux.extent.FreeRun;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of the arena that would be one free run if its owners were evicted.
 *
 * @param owners the entries in it, all of them evictable
 * @param blocks how many blocks they hold: the price
 */
record Window(List<Entry> owners, long blocks) {

  /**
   * Grows from an entry that can be evicted, see {@link #grown}.
   *
   * @return null where pinned, leased or unreadable neighbours stand in the way
   */
  static @Nullable Window around(ExtentSpace<Entry> space, Entry seed, long wantedBlocks) {
    List<Entry> owners = new ArrayList<>();
    owners.add(seed);
    return grown(space, owners, space.before(seed), space.behind(seed), wantedBlocks);
  }

  /** The same from a free run. */
  static @Nullable Window around(ExtentSpace<Entry> space, FreeRun<Entry> seed, long wantedBlocks) {
    return behind(space, seed.before(), wantedBlocks);
  }

  /**
   * The same from what is free right behind an entry, which may be nothing.
   *
   * @param before null for the start of the space
   */
  static @Nullable Window behind(
      ExtentSpace<Entry> space, @Nullable Entry before, long wantedBlocks) {
    return grown(space, new ArrayList<>(), before, space.behind(before), wantedBlocks);
  }

  /**
   * Takes in the colder neighbour, and what is free beyond it, until the stretch is long enough.
   *
   * @param before the nearest entry before the stretch; null at the start of the space
   * @param behind the nearest entry behind it; null at the end of the space
   */
  private static @Nullable Window grown(
      ExtentSpace<Entry> space,
      List<Entry> owners,
      @Nullable Entry before,
      @Nullable Entry behind,
      long wantedBlocks) {
    while (space.blocksBetween(before, behind) < wantedBlocks) {
      boolean leftGoes = before != null && before.isEvictable();
      boolean rightGoes = behind != null && behind.isEvictable();
      if (!leftGoes && !rightGoes) {
        return null;
      }
      if (!rightGoes || (leftGoes && before.lastUse < behind.lastUse)) {
        owners.add(before);
        before = space.before(before);
      } else {
        owners.add(behind);
        behind = space.behind(behind);
      }
    }
    return new Window(owners, owners.stream().mapToLong(Entry::blocks).sum());
  }

  static @Nullable Window cheaper(@Nullable Window one, @Nullable Window other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.blocks < one.blocks ? other : one;
  }
}
