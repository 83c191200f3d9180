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
      List<BorrowOutcome> all = new ArrayList<>(chunks());
      all.addAll(holes);
      all.sort(Comparator.comparingInt(BorrowOutcome::index));
      made = List.copyOf(all);
      outcomes = made;
    }
    return made;
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
