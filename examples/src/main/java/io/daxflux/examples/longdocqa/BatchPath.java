package io.daxflux.examples.longdocqa;

import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code restoreAll}, waited for: all chunks are there at once. */
final class BatchPath implements RestorePath {
  private final ReactiveChunkStore store;

  BatchPath(ReactiveChunkStore store) {
    this.store = store;
  }

  @Override
  public Fetch prepare(Document document) {
    return new Fetch() {
      private @Nullable RestoredBatch batch;

      @Override
      public long run() {
        batch = store.restoreAll(document.keys()).block();
        return System.nanoTime();
      }

      @Override
      public List<MemorySegment> chunks() {
        List<RestoredChunk> hits = batch.hits();
        document.expectAll(document.chunks(), hits.size());
        return hits.stream().map(RestoredChunk::segment).toList();
      }

      @Override
      public void close() {
        if (batch != null) {
          batch.close();
        }
      }
    };
  }
}
