package io.daxflux.restore;

import java.util.List;
import java.util.Set;

/**
 * What became of a region.
 *
 * <p>A chunk whose bytes fault is in {@link #faultedChunks}. Either side of a copy may be the bad
 * one: the arena, or the memory a user brought (a mapped file, say). Where a second look showed
 * that the arena's own bytes fault, the chunk is in {@link #arenaFaults} as well, and only then is
 * its extent to be taken out of use.
 *
 * @param complete false where the copy was stopped before its end
 * @param faultedChunks the chunks ({@link Transfer#chunk()}) of which bytes could not be read or
 *     written because memory faulted; all others were copied whole if {@code complete}
 * @param arenaFaults those of them of which bytes of the arena fault
 * @param corruptChunks the chunks of which a slice does not have its checksum; none that faulted
 * @param sums the checksums of all whole slices whose sums were not known; none of a chunk that
 *     faulted
 */
public record CopyResult(
    boolean complete,
    Set<Integer> faultedChunks,
    Set<Integer> arenaFaults,
    Set<Integer> corruptChunks,
    List<SliceSum> sums) {
  /** Everything was copied. */
  public static final CopyResult COMPLETE = new CopyResult(true, Set.of());

  /** The copy was stopped. */
  public static final CopyResult STOPPED = new CopyResult(false, Set.of());

  /** Copies the sets. */
  public CopyResult {
    faultedChunks = Set.copyOf(faultedChunks);
    arenaFaults = Set.copyOf(arenaFaults);
    corruptChunks = Set.copyOf(corruptChunks);
    sums = List.copyOf(sums);
  }

  /** A result of a copy that checked nothing. */
  public CopyResult(boolean complete, Set<Integer> faultedChunks, Set<Integer> arenaFaults) {
    this(complete, faultedChunks, arenaFaults, Set.of(), List.of());
  }

  /** A result whose faults are all the arena's. */
  public CopyResult(boolean complete, Set<Integer> faultedChunks) {
    this(complete, faultedChunks, faultedChunks);
  }

  /** Whether no chunk of it faulted or is corrupt; it may have been stopped. */
  public boolean isFlawless() {
    return faultedChunks.isEmpty() && corruptChunks.isEmpty();
  }
}
