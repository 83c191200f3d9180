package io.daxflux.examples.engine;

import io.daxflux.chunk.ChunkKey;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** How the cache of a prompt's beginning gets into a session. */
@FunctionalInterface
public interface KvRoute {
  /** Nothing does: all is computed. */
  KvRoute NONE = (_, _, _, _) -> Mono.empty();

  /**
   * Imports what there is of these chunks, in order from the first; the rest will be computed. A
   * store that fails is no reason to fail: it has nothing, then.
   *
   * @param session empty, and used on its thread only
   * @param thread the session's; it may block
   * @param timeline notes arrivals and imports
   * @return subscribed on the session's thread; completes when the session will not be touched any
   *     more
   */
  Mono<Void> load(List<ChunkKey> keys, EngineSession session, Scheduler thread, Timeline timeline);
}
