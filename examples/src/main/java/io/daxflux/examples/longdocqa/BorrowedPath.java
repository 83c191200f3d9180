package io.daxflux.examples.longdocqa;

import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.BorrowedChunk;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code borrowPrefix}: the chunks where they lie, under leases, without a copy. */
final class BorrowedPath implements RestorePath {
  private final ReactiveChunkStore store;

  BorrowedPath(ReactiveChunkStore store) {
    this.store = store;
  }

  @Override
  public Fetch prepare(Document document) {
    return new Fetch() {
      private @Nullable BorrowedPrefix prefix;

      @Override
      public long run() {
        prefix = store.borrowPrefix(document.keys()).block();
        return System.nanoTime();
      }

      @Override
      public List<MemorySegment> chunks() {
        document.expectAll(document.chunks(), prefix.chunks().size());
        return prefix.chunks().stream().map(BorrowedChunk::segment).toList();
      }

      @Override
      public void close() {
        if (prefix != null) {
          prefix.close();
        }
      }
    };
  }
}
