package io.daxflux.reactive;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.session.Requests;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;

/**
 * The chunks of one stream of puts, each behind the one before. Knows those that were taken from
 * the source and have not reached the store yet: operators between the two drop some when the
 * stream is cancelled, and this gives their payload back.
 */
final class StreamedPuts {
  private final Requests requests;
  private final PutMode mode;
  private final Set<Taken> waiting = ConcurrentHashMap.newKeySet();
  private @Nullable ChunkKey predecessor;
  private volatile boolean over;

  StreamedPuts(Requests requests, PutMode mode) {
    this.requests = requests;
    this.mode = mode;
  }

  /** The put of the next chunk. Called by the source, one chunk after the other. */
  Flux<PutOutcome> put(Chunk chunk) {
    Taken taken = new Taken(chunk);
    ChunkKey before = predecessor;
    predecessor = chunk.key();
    waiting.add(taken);
    if (over) {
      giveBack(taken);
    }
    return Flux.defer(
        () -> leave(taken) ? requests.put(List.of(chunk), mode, before, this) : Flux.empty());
  }

  /** The stream has ended: what has not reached the store never will. */
  void end() {
    over = true;
    waiting.forEach(this::giveBack);
  }

  /**
   * Where several puts fail at once, as at a close, the first error is told, and has the others.
   */
  static Throwable firstOf(Throwable multiple) {
    List<Throwable> causes = Exceptions.unwrapMultiple(multiple);
    Throwable first = causes.getFirst();
    causes.stream().filter(other -> !other.equals(first)).forEach(first::addSuppressed);
    return first;
  }

  private void giveBack(Taken taken) {
    if (leave(taken)) {
      requests.giveBack(taken.chunk);
    }
  }

  /** Whether this is the first to decide what becomes of it. */
  private boolean leave(Taken taken) {
    waiting.remove(taken);
    return taken.decided.compareAndSet(false, true);
  }

  /** Told apart by identity: a source may emit the same chunk twice. */
  private static final class Taken {
    final Chunk chunk;
    final AtomicBoolean decided = new AtomicBoolean();

    Taken(Chunk chunk) {
      this.chunk = chunk;
    }
  }
}
