package io.daxflux.examples.longdocqa;

import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** {@code restorePrefix}: each chunk as soon as its bytes are there. */
final class StreamedPath implements RestorePath {
  private final ReactiveChunkStore store;

  StreamedPath(ReactiveChunkStore store) {
    this.store = store;
  }

  @Override
  public Fetch prepare(Document document) {
    return new Fetch() {
      private final AtomicLong firstChunkNs = new AtomicLong();
      private List<RestoredChunk> restored = List.of();

      @Override
      public long run() {
        restored =
            store
                .restorePrefix(document.keys())
                .doOnNext(chunk -> noteArrival(chunk.index()))
                .collectList()
                .doOnDiscard(RestoredChunk.class, RestoredChunk::close)
                .block();
        return firstChunkNs.get();
      }

      private void noteArrival(int index) {
        if (index == 0) {
          firstChunkNs.set(System.nanoTime());
        }
      }

      @Override
      public List<MemorySegment> chunks() {
        document.expectAll(document.chunks(), restored.size());
        return restored.stream().map(RestoredChunk::segment).toList();
      }

      @Override
      public void close() {
        restored.forEach(RestoredChunk::close);
      }
    };
  }
}
