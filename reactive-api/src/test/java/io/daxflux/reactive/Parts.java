package io.daxflux.reactive;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.bytesOf;
import static io.daxflux.reactive.Chunks.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.outcome.ChunkWriter;
import io.daxflux.reactive.outcome.NotStarted;
import io.daxflux.reactive.outcome.PutOutcome;
import java.lang.foreign.MemorySegment;

/** Puts whose bytes come part by part, of chunks whose bytes follow from their names. */
public final class Parts {
  private Parts() {}

  public static ChunkHead head(String name, int length) {
    return ChunkHead.of(key(name), ChunkLayout.blob(length));
  }

  /** A writer, which must be given. */
  public static ChunkWriter start(ReactiveChunkStore store, ChunkHead head, PutMode mode) {
    return (ChunkWriter) store.startPut(head, mode).block(SOON);
  }

  public static ChunkWriter start(ReactiveChunkStore store, String name, int length) {
    return start(store, head(name, length), PutMode.REPLACE);
  }

  /** Why there is no writer. */
  public static PutOutcome refusal(ReactiveChunkStore store, ChunkHead head, PutMode mode) {
    return ((NotStarted) store.startPut(head, mode).block(SOON)).outcome();
  }

  /** Writes all of the chunk's bytes, in parts of this length and a rest. */
  public static ChunkWriter writeAll(ChunkWriter writer, int partBytes) {
    byte[] bytes = bytesOf(writer.head().key(), (int) writer.head().layout().bytes());
    for (int from = 0; from < bytes.length; from += partBytes) {
      int length = Math.min(partBytes, bytes.length - from);
      writer.write(MemorySegment.ofArray(bytes).asSlice(from, length)).block(SOON);
    }
    return writer;
  }

  /** Puts a chunk in parts of this length, which must succeed. */
  public static void put(ReactiveChunkStore store, String name, int length, int partBytes) {
    assertThat(writeAll(start(store, name, length), partBytes).commit().block(SOON))
        .isEqualTo(new PutOutcome.Stored(key(name), length));
  }
}
