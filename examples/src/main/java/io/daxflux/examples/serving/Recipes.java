package io.daxflux.examples.serving;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.examples.engine.KvRoute;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.time.Duration;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One composition each; {@code docs/serving.md} says when to use which. */
public final class Recipes {
  private Recipes() {}

  // tag::prefetch[]
  /** On admission: restores the prefix while the prompt waits for the engine. */
  public static Mono<List<RestoredChunk>> prefetch(ReactiveChunkStore store, List<ChunkKey> keys) {
    return store
        .restorePrefix(keys)
        .collectList()
        // Where the client goes away meanwhile, nobody receives what is there already.
        .doOnDiscard(RestoredChunk.class, RestoredChunk::close);
  }

  /** In its turn: imports what was restored, and gives the memory back chunk by chunk. */
  public static KvRoute prefetched(List<RestoredChunk> chunks) {
    return (_, session, _, timeline) ->
        Mono.fromRunnable(
            () -> {
              boolean taken = true;
              for (RestoredChunk chunk : chunks) {
                try (chunk) {
                  long beginNs = timeline.nowNs();
                  taken = taken && session.importChunk(chunk.segment());
                  if (taken) {
                    timeline.imported(beginNs);
                  }
                }
              }
            });
  }

  // end::prefetch[]

  // tag::disconnect[]
  /** An answer that ends when its client has gone: what is under way for it is cancelled. */
  public static <T> Flux<T> untilGone(Flux<T> answer, Publisher<?> gone) {
    return answer.takeUntilOther(gone);
  }

  // end::disconnect[]

  // tag::deadline[]
  /** The largest prefix that can be had in time; the engine computes the rest. */
  public static Flux<RestoredChunk> within(
      Duration deadline, ReactiveChunkStore store, List<ChunkKey> keys) {
    return store.restorePrefix(keys).take(deadline);
  }

  // end::deadline[]

  // tag::pin[]
  /** Keeps the prompt's chunks from being evicted for as long as the answer takes. */
  public static <T> Flux<T> pinned(
      ReactiveChunkStore store, List<ChunkKey> keys, Publisher<T> answer) {
    return Flux.usingWhen(store.pinPrefix(keys), _ -> answer, pin -> Mono.fromRunnable(pin::close));
  }
  // end::pin[]
}
