package io.daxflux.examples.engine;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.RestoredChunk;
import io.daxflux.reactive.outcome.StoreException;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * {@code restorePrefix}, composed with import: a chunk is imported while later ones are still being
 * copied. A few are asked for ahead, so however long the prefix, it takes the memory of a few
 * chunks.
 */
public final class PrefixRoute implements KvRoute {
  /** Enough that neither side waits for the other. */
  private static final int CHUNKS_AHEAD = 8;

  private final Function<List<ChunkKey>, Flux<RestoredChunk>> restore;

  /** Restores from this store, local or remote. */
  public PrefixRoute(ReactiveChunkStore store) {
    this(store::restorePrefix);
  }

  /** Restores by this: a prefix, in order. */
  public PrefixRoute(Function<List<ChunkKey>, Flux<RestoredChunk>> restore) {
    this.restore = restore;
  }

  // tag::load[]
  @Override
  public Mono<Void> load(
      List<ChunkKey> keys, EngineSession session, Scheduler thread, Timeline timeline) {
    return restore
        .apply(keys)
        .doOnNext(_ -> timeline.arrived())
        .publishOn(thread, CHUNKS_AHEAD)
        .takeWhile(chunk -> importAndClose(chunk, session, timeline))
        .doOnDiscard(RestoredChunk.class, RestoredChunk::close)
        .onErrorComplete(StoreException.class)
        .then();
  }

  private static boolean importAndClose(
      RestoredChunk chunk, EngineSession session, Timeline timeline) {
    try (chunk) { // its memory is the next chunk's
      long beginNs = timeline.nowNs();
      boolean taken = session.importChunk(chunk.segment());
      if (taken) {
        timeline.imported(beginNs);
      }
      return taken;
    }
  }
  // end::load[]
}
