package io.daxflux.examples.longdocqa;

import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The backend before batching: for each chunk a lookup, one copy on the calling thread, in one
 * piece and into pooled memory, and a release.
 */
final class SerialPath implements RestorePath {
  private final ReactiveChunkStore store;

  SerialPath(ReactiveChunkStore store) {
    this.store = store;
  }

  @Override
  public Fetch prepare(Document document) {
    HeldOutputs outputs = HeldOutputs.of(store, document);
    return new Fetch() {
      @Override
      public long run() {
        long firstChunkNs = 0;
        for (int i = 0; i < document.chunks(); i++) {
          copy(document, i, outputs.chunks().get(i));
          if (i == 0) {
            firstChunkNs = System.nanoTime();
          }
        }
        return firstChunkNs;
      }

      @Override
      public List<MemorySegment> chunks() {
        return outputs.chunks();
      }

      @Override
      public void close() {
        outputs.close();
      }
    };
  }

  private void copy(Document document, int chunk, MemorySegment output) {
    try (BorrowedPrefix lease = store.borrowPrefix(List.of(document.keys().get(chunk))).block()) {
      document.expectAll(1, lease.chunks().size());
      MemorySegment.copy(lease.chunks().getFirst().segment(), 0, output, 0, output.byteSize());
    }
  }
}
