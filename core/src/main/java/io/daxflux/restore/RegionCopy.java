package io.daxflux.restore;

import io.daxflux.device.Faults;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One copy of one region: span by span, in slices. Where a slice meets memory that faults, it is
 * repeated part by part, so that only the chunks whose own bytes fault are charged with it. Spans
 * of checked parts go part by part from the start, in small pieces.
 *
 * <p>Used by one thread, once.
 */
final class RegionCopy {
  private final Region region;
  private final Mover mover;
  private final long mostBytes;

  // Nearly always none, and then no garbage.
  private Set<Integer> faultedChunks = Set.of();
  private Set<Integer> arenaFaults = Set.of();

  private @Nullable SliceChecks checks;

  /**
   * @param mover takes the bytes where they go
   * @param mostBytes the most it may be given at once, a multiple of 64
   */
  RegionCopy(Region region, Mover mover, long mostBytes) {
    this.region = region;
    this.mover = mover;
    this.mostBytes = mostBytes;
  }

  CopyResult run(BooleanSupplier stopped) {
    boolean complete = copySpans(stopped);
    if (checks == null) {
      return new CopyResult(complete, faultedChunks, arenaFaults);
    }
    if (complete) {
      checks.requireClosed();
    }
    return new CopyResult(
        complete, faultedChunks, arenaFaults, checks.corruptChunks(), checks.sums());
  }

  /** False where it was stopped. */
  private boolean copySpans(BooleanSupplier stopped) {
    List<Transfer> parts = region.parts();
    int first = 0;
    for (Span span : region.spans()) {
      int end = first;
      for (long bytes = 0; bytes < span.bytes(); end++) {
        bytes += parts.get(end).bytes();
      }
      boolean checked = parts.get(first).checked() != null;
      List<Transfer> spanParts = parts.subList(first, end);
      if (!(checked ? copyChecked(spanParts, stopped) : copySpan(span, spanParts, stopped))) {
        return false;
      }
      first = end;
    }
    return true;
  }

  private boolean copySpan(Span span, List<Transfer> parts, BooleanSupplier stopped) {
    long sliceBytes = Slices.bytes(span.bytes(), mostBytes);
    for (long from = 0; from < span.bytes(); from += sliceBytes) {
      if (stopped.getAsBoolean()) {
        return false;
      }
      long bytes = Math.min(sliceBytes, span.bytes() - from);
      if (!moved(span.arenaOffset() + from, span.memory(), span.memoryOffset() + from, bytes)) {
        movePartByPart(parts, from, bytes);
      }
    }
    return true;
  }

  /**
   * Repeats a slice that faulted.
   *
   * @param sliceStart where the slice starts in the span, which the parts tile
   */
  private void movePartByPart(List<Transfer> parts, long sliceStart, long sliceBytes) {
    long partStart = 0;
    for (Transfer part : parts) {
      long from = Math.max(sliceStart, partStart);
      long end = Math.min(sliceStart + sliceBytes, partStart + part.bytes());
      if (from < end) {
        movePart(part.part(from - partStart, end - from));
      }
      partStart += part.bytes();
    }
  }

  private void movePart(Transfer part) {
    if (!moved(part.arenaOffset(), part.memory(), part.memoryOffset(), part.bytes())) {
      charge(part);
    }
  }

  private boolean copyChecked(List<Transfer> parts, BooleanSupplier stopped) {
    if (checks == null) {
      checks = new SliceChecks(mover.sum());
    }
    long pieceBytes = mover.checkedPieceBytes();
    for (Transfer part : parts) {
      for (long from = 0; from < part.bytes(); from += pieceBytes) {
        if (stopped.getAsBoolean()) {
          return false;
        }
        moveChecked(part.part(from, Math.min(pieceBytes, part.bytes() - from)), checks);
      }
    }
    return true;
  }

  private void moveChecked(Transfer piece, SliceChecks running) {
    running.begin(piece);
    if (!Faults.survived(() -> mover.moveChecked(piece, running))) {
      running.giveUp(piece.chunk());
      charge(piece);
    }
  }

  private void charge(Transfer faulted) {
    faultedChunks = with(faultedChunks, faulted.chunk());
    if (!Faults.survived(() -> mover.touch(faulted.arenaOffset(), faulted.bytes()))) {
      arenaFaults = with(arenaFaults, faulted.chunk());
    }
  }

  private static Set<Integer> with(Set<Integer> chunks, int chunk) {
    Set<Integer> more = new HashSet<>(chunks);
    more.add(chunk);
    return Set.copyOf(more);
  }

  /** Moves bytes; false where memory faulted, and then any of them may be missing. */
  private boolean moved(long arenaOffset, int segment, long memoryOffset, long bytes) {
    return Faults.survived(() -> mover.move(arenaOffset, segment, memoryOffset, bytes));
  }
}
