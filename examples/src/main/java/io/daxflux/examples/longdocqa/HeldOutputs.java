package io.daxflux.examples.longdocqa;

import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Output memory for a path that copies by itself: the memory of a restored batch, cleared, and so
 * the very pages that the store's own restores write to.
 */
record HeldOutputs(RestoredBatch batch, List<MemorySegment> chunks) implements AutoCloseable {

  static HeldOutputs of(ReactiveChunkStore store, Document document) {
    RestoredBatch batch = store.restoreAll(document.keys()).block();
    List<MemorySegment> chunks = batch.hits().stream().map(RestoredChunk::segment).toList();
    document.expectAll(document.chunks(), chunks.size());
    chunks.parallelStream().forEach(chunk -> chunk.fill((byte) 0));
    return new HeldOutputs(batch, chunks);
  }

  @Override
  public void close() {
    batch.close();
  }
}
