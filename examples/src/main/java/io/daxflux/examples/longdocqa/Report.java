package io.daxflux.examples.longdocqa;

import io.daxflux.examples.longdocqa.StoreRound.Stored;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a run found out: what the table shows, and under which circumstances.
 *
 * @param startedAt when, in UTC
 * @param seconds how long the run took in all
 * @param options every option by its name
 * @param firstRead the reads that verified what was stored
 * @param reopened what a restart found; null where nothing lasts
 * @param notes what a reader of the figures has to know besides
 */
record Report(
    String job,
    String startedAt,
    double seconds,
    Machine machine,
    Map<String, Object> options,
    Input input,
    Store store,
    Stored stored,
    List<PathFigures> paths,
    FirstRead firstRead,
    @Nullable Reopened reopened,
    Verified verified,
    List<String> notes) {

  /**
   * What was asked for.
   *
   * @param documentBytes the KV cache of one document
   * @param chunkBytes of one full chunk
   */
  record Input(
      String text,
      String model,
      int documents,
      int documentTokens,
      int documentChunks,
      long documentBytes,
      long chunkBytes) {}

  /** What it was asked of. */
  record Store(
      String device,
      long deviceBytes,
      long outputBytes,
      long slabBytes,
      int workers,
      int maxRegions,
      int blockBytes) {}

  /**
   * Every document restored for the first time, its checksums compared.
   *
   * @param gigabytesPerSecond 10^9 bytes a second
   * @param ratioToRestoreAll that, to the median of later restores, which compare no more
   */
  record FirstRead(double gigabytesPerSecond, @Nullable Double ratioToRestoreAll) {}

  /**
   * The same documents from the store closed and opened again.
   *
   * @param chunksFound how many chunks it found
   * @param recoveryMs how long it took to find them
   * @param documents how many documents were then restored from them
   */
  record Reopened(long chunksFound, double recoveryMs, int documents) {}

  /** What was compared, and found right. */
  record Verified(long documents, long bytes) {}
}
