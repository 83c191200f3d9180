package io.daxflux.reactive.session;

import io.daxflux.reactive.outcome.BorrowOutcome;
import io.daxflux.reactive.outcome.BorrowedBatch;
import io.daxflux.reactive.outcome.BorrowedChunk;
import io.daxflux.reactive.outcome.Hole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chunks that were lent, among holes. */
final class BorrowedBatchHandle extends BorrowHandle implements BorrowedBatch {
  private final List<Hole> holes;
  private volatile @Nullable List<BorrowOutcome> outcomes;

  /**
   * @param holes the positions that have no read
   */
  BorrowedBatchHandle(StoreLoop loop, List<ChunkRead> reads, List<Hole> holes) {
    super(loop, reads);
    this.holes = holes.stream().sorted(Comparator.comparingInt(Hole::index)).toList();
  }

  @Override
  public List<BorrowOutcome> outcomes() {
    List<BorrowOutcome> made = outcomes;
    if (made == null) {
      made = amongHoles(chunks());
      outcomes = made;
    }
    return made;
  }

  @Override
  public List<BorrowOutcome> unguarded() {
    return amongHoles(unguardedChunks());
  }

  private List<BorrowOutcome> amongHoles(List<BorrowedChunk> found) {
    if (holes.isEmpty()) {
      return List.copyOf(found);
    }
    List<BorrowOutcome> all = new ArrayList<>(found);
    all.addAll(holes);
    all.sort(Comparator.comparingInt(BorrowOutcome::index));
    return List.copyOf(all);
  }

  @Override
  public List<BorrowedChunk> hits() {
    return chunks();
  }

  @Override
  public List<Hole> holes() {
    return holes;
  }

  @Override
  public String toString() {
    return "borrowed batch of " + size() + " chunks";
  }
}
