package io.daxflux.reactive.session;

import io.daxflux.restore.CopyResult;
import io.daxflux.restore.Region;
import io.daxflux.restore.Transfer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The reads of one request by their position, and the accounts of what came back for each. */
final class ChunkReads {
  private final @Nullable ChunkRead[] byIndex;

  ChunkReads(int positions) {
    byIndex = new ChunkRead[positions];
  }

  void add(ChunkRead read) {
    byIndex[read.index] = read;
  }

  @Nullable ChunkRead at(int index) {
    return byIndex[index];
  }

  /** Takes down which chunks memory faulted under, and which are not what was put. */
  void note(CopyResult result) {
    if (result.isFlawless()) {
      return;
    }
    for (int chunk : result.faultedChunks()) {
      byIndex[chunk].faulted = true;
      byIndex[chunk].arenaFaulted |= result.arenaFaults().contains(chunk);
    }
    for (int chunk : result.corruptChunks()) {
      byIndex[chunk].corrupt = true;
    }
  }

  /**
   * Accounts for a region that came back.
   *
   * @param onComplete is told of each chunk whose last bytes these were
   */
  void account(Region region, Consumer<ChunkRead> onComplete) {
    for (Transfer part : region.parts()) {
      ChunkRead read = byIndex[part.chunk()];
      read.missingBytes -= part.bytes();
      if (read.isComplete()) {
        onComplete.accept(read);
      }
    }
  }
}
