package io.daxflux.net.wire;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.RequestTooLargeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Puts of lists and streams, made of puts of one chunk each, and each behind the one before. */
final class RemotePuts {
  /** Chunks of a list under way: enough to keep the server busy, each for a short time. */
  private static final int LISTED_PUTS = 32;

  private final RemoteParts parts;

  RemotePuts(RemoteParts parts) {
    this.parts = parts;
  }

  /** A list: side by side, but in its order where a key comes twice, so that the last one wins. */
  Flux<PutOutcome> putAll(List<Chunk> chunks, PutMode mode) {
    return Flux.defer(
        () -> {
          ClaimedChunks claimed = new ClaimedChunks();
          List<ClaimedChunks.Claimed> all = new ArrayList<>(chunks.size());
          for (Chunk chunk : chunks) {
            ClaimedChunks.Claimed one = claimed.claim(chunk);
            if (one == null) {
              claimed.giveBackRest();
              return Flux.error(putBefore());
            }
            all.add(one);
          }
          Welcome known = parts.link().lastWelcome();
          if (known != null && chunks.size() > known.mostKeys()) {
            claimed.giveBackRest();
            return Flux.error(new RequestTooLargeException(chunks.size(), known.mostKeys()));
          }
          return Flux.range(0, all.size())
              .flatMapSequential(
                  at -> put(all.get(at), mode, at == 0 ? null : chunks.get(at - 1).key()),
                  hasKeyTwice(chunks) ? 1 : Math.min(all.size(), LISTED_PUTS),
                  1)
              .doFinally(_ -> claimed.giveBackRest());
        });
  }

  private static boolean hasKeyTwice(List<Chunk> chunks) {
    Set<ChunkKey> keys = new HashSet<>();
    return !chunks.stream().map(Chunk::key).allMatch(keys::add);
  }

  /** A stream, of which so many are under way at a time. */
  Flux<PutOutcome> putAll(Publisher<Chunk> chunks, PutMode mode, int underWay) {
    return Flux.defer(
        () -> {
          ClaimedChunks claimed = new ClaimedChunks();
          @Nullable ChunkKey[] predecessor = new ChunkKey[1];
          return Flux.from(chunks)
              .flatMapSequentialDelayError(
                  chunk -> {
                    ChunkKey before = predecessor[0];
                    predecessor[0] = chunk.key();
                    ClaimedChunks.Claimed one = claimed.claim(chunk);
                    return one == null ? Mono.error(putBefore()) : put(one, mode, before);
                  },
                  underWay,
                  1)
              .onErrorMap(
                  Exceptions::isMultiple,
                  multiple -> Exceptions.unwrapMultiple(multiple).getFirst())
              .doFinally(_ -> claimed.giveBackRest());
        });
  }

  private Mono<PutOutcome> put(
      ClaimedChunks.Claimed claimed, PutMode mode, @Nullable ChunkKey before) {
    Chunk chunk = claimed.chunk();
    ChunkHead head =
        chunk.predecessor() == null && before != null ? chunk.head().after(before) : chunk.head();
    Mono<PutOutcome> put =
        Request.mono(subscriber -> new PutRequest(parts, subscriber, chunk, head, mode));
    return Mono.defer(() -> claimed.leave() ? put : Mono.empty());
  }

  private static IllegalStateException putBefore() {
    return new IllegalStateException(
        "put: expected chunks that were not put before, found one with a release hook that was");
  }
}
