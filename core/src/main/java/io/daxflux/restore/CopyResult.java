package io.daxflux.restore;

import java.util.Set;

/**
 * What became of a region.
 *
 * @param complete false where the copy was stopped before its end
 * @param faultedChunks the chunks ({@link Transfer#chunk()}) of which bytes could not be read or
 *     written because memory faulted; all others were copied whole if {@code complete}
 */
public record CopyResult(boolean complete, Set<Integer> faultedChunks) {
  /** Everything was copied. */
  public static final CopyResult COMPLETE = new CopyResult(true, Set.of());

  /** The copy was stopped. */
  public static final CopyResult STOPPED = new CopyResult(false, Set.of());
}
