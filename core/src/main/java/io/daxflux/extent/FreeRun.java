package io.daxflux.extent;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A run of blocks that nobody owns, as long as it can be: on both sides is an extent or the end of
 * the space.
 *
 * @param firstBlock its first block
 * @param blocks how many blocks it has
 * @param before the extent right before it; null at the start of the space
 * @param usableAfter the newest of the events, numbered by the space's owner, that must be over
 *     before these blocks are used anew; 0 for none
 */
public record FreeRun<E>(long firstBlock, long blocks, @Nullable E before, long usableAfter) {
  /** The shortest first, of equals the one that lies first. */
  static final Comparator<FreeRun<?>> SHORTEST_FIRST =
      Comparator.<FreeRun<?>>comparingLong(FreeRun::blocks).thenComparingLong(FreeRun::firstBlock);

  /** Equal in order to the run that lies there. */
  static <E> FreeRun<E> like(long firstBlock, long blocks) {
    return new FreeRun<>(firstBlock, blocks, null, 0);
  }

  /** What is left of it before an extent that was laid so far into it. */
  FreeRun<E> start(long skipped) {
    return new FreeRun<>(firstBlock, skipped, before, usableAfter);
  }

  /** What is left of it behind an extent that ends so far into it. */
  FreeRun<E> behind(E extent, long end) {
    return new FreeRun<>(firstBlock + end, blocks - end, extent, usableAfter);
  }
}
