package io.daxflux.restore;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The running checksum of a region's checked parts, slice after slice: compared where the sum is
 * known, noted where it is not. Bytes come in the region's order, in pieces of any length.
 *
 * <p>Used by one thread, for one region.
 */
final class SliceChecks {
  private final RunningSum running;
  private final Set<Integer> givenUp = new HashSet<>();
  private final Set<Integer> corruptChunks = new HashSet<>();
  private final List<SliceSum> sums = new ArrayList<>();

  /** The chunk that is being summed, or was last. */
  private int chunk;

  private CheckedPayload payload = CheckedPayload.unsummed(0, 1);

  /** How much of its payload is behind us; on a boundary of its slices nothing is begun. */
  private long offset;

  /**
   * @param running the sum of the slice that has begun
   */
  SliceChecks(RunningSum running) {
    this.running = running;
  }

  /** Goes over bytes and takes them into the running sum. */
  interface Pass {
    /** The next bytes of the piece, from so many behind its start; all of one slice. */
    void over(long from, long bytes);
  }

  /** The bytes of this piece come next; they continue a slice or start one. */
  void begin(Transfer piece) {
    long from = piece.arenaOffset() - piece.checked().arenaOffset();
    if (piece.chunk() != chunk || from != offset || !isOpen()) {
      requireClosed();
      chunk = piece.chunk();
      payload = piece.checked();
      offset = from;
      requireClosed();
    }
  }

  /** The next bytes of the piece; goes over them slice by slice. */
  void add(long bytes, Pass pass) {
    long sliceBytes = payload.sliceBytes();
    for (long done = 0; done < bytes; ) {
      long sliceEnd = Math.min(payload.bytes(), (offset / sliceBytes + 1) * sliceBytes);
      long next = Math.min(bytes - done, sliceEnd - offset);
      pass.over(done, next);
      offset += next;
      done += next;
      if (offset == sliceEnd) {
        endSlice((int) ((offset - 1) / sliceBytes));
      }
    }
  }

  private void endSlice(int slice) {
    int sum = running.take();
    if (givenUp.contains(chunk)) {
      return;
    }
    if (!payload.sums().areKnown()) {
      sums.add(new SliceSum(chunk, slice, sum));
    } else if (sum != payload.sums().sum(slice)) {
      corruptChunks.add(chunk);
    }
  }

  /** Memory faulted under this chunk: there is nothing to say about its sums. */
  void giveUp(int faultedChunk) {
    if (givenUp.add(faultedChunk)) {
      corruptChunks.remove(faultedChunk);
      sums.removeIf(sum -> sum.chunk() == faultedChunk);
      running.take();
    }
  }

  /**
   * A slice was begun that nobody ends: it would go unchecked.
   *
   * @throws IllegalStateException where it is so
   */
  void requireClosed() {
    if (isOpen() && !givenUp.contains(chunk)) {
      throw new IllegalStateException(
          "region: expected whole checksum slices, found one of chunk "
              + chunk
              + " cut at byte "
              + offset
              + " of its payload");
    }
  }

  private boolean isOpen() {
    return !payload.isBoundary(offset);
  }

  Set<Integer> corruptChunks() {
    return corruptChunks;
  }

  List<SliceSum> sums() {
    return sums;
  }
}
